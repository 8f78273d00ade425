package io.frazil.coordinator.fanout;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.LeadTasks;
import io.frazil.events.LedTasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// Has groups of tasks handed on by leaders. A group goes off when it is full, or soon after its
/// first task came. A leader that is lost means that all of its group are.
final class Leaders {
  /// How long a group waits for more.
  private static final long GATHER_MILLIS = 5;

  /// What a message holds besides its tasks, and each task besides its fragment.
  private static final int ENVELOPE_BYTES = 1_000;

  private final FunctionCall leader;
  private final Executor executor;
  private Group open = new Group();

  private static final class Group {
    private final List<FragmentRequest> requests = new ArrayList<>();
    private final Map<Key, CompletableFuture<FragmentResponse>> responses = new HashMap<>();
    private long bytes = ENVELOPE_BYTES;
  }

  /// Which attempt: groups mix stages, and queries too.
  private record Key(String query, int stage, int task, int attempt) {
    static Key of(FragmentRequest request) {
      return new Key(request.query(), request.stage(), request.task(), request.attempt());
    }

    static Key of(FragmentResponse response) {
      return new Key(response.query(), response.stage(), response.task(), response.attempt());
    }
  }

  /// @param executor runs the calls, each of which takes long
  Leaders(FunctionCall leader, Executor executor) {
    this.leader = leader;
    this.executor = executor;
  }

  synchronized CompletableFuture<FragmentResponse> run(FragmentRequest request) {
    long bytes = (long) Json.encode(request).length + ENVELOPE_BYTES;
    if (open.requests.size() == LeadTasks.TASKS_MAX || open.bytes + bytes > Json.MAX_BYTES) {
      send(open);
    }
    if (open.requests.isEmpty()) {
      Group group = open;
      CompletableFuture.delayedExecutor(GATHER_MILLIS, TimeUnit.MILLISECONDS, executor)
          .execute(() -> send(group));
    }
    var response = new CompletableFuture<FragmentResponse>();
    open.requests.add(request);
    open.bytes += bytes;
    open.responses.put(Key.of(request), response);
    return response;
  }

  /// Closes a group, if it is still open, and has it handed on.
  private synchronized void send(Group group) {
    if (group == open) {
      open = new Group();
      executor.execute(() -> lead(group));
    }
  }

  private void lead(Group group) {
    try {
      byte[] message = Json.encode(new LeadTasks(group.requests));
      LedTasks led = Json.decode(leader.call(message).payload(), LedTasks.class);
      for (FragmentResponse response : led.led()) {
        CompletableFuture<FragmentResponse> wanted = group.responses.get(Key.of(response));
        if (wanted != null) {
          wanted.complete(response);
        }
      }
      lose(group, new FrazilException(ErrorCode.ATTEMPT_LOST, "Its leader did not tell of it"));
    } catch (RuntimeException | Error e) {
      // Whatever ailed the leader, it was not its tasks' fault.
      boolean noRoom = e instanceof FrazilException known && known.code() == ErrorCode.THROTTLED;
      lose(
          group,
          new FrazilException(
              noRoom ? ErrorCode.THROTTLED : ErrorCode.ATTEMPT_LOST,
              "Its leader failed: " + e.getMessage(),
              e));
    }
  }

  private static void lose(Group group, FrazilException why) {
    group.responses.values().forEach(response -> response.completeExceptionally(why));
  }
}
