package io.frazil.coordinator.fanout;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.LeadTasks;
import io.frazil.events.LedTasks;
import io.frazil.session.cost.Charge;
import io.frazil.session.cost.Ledger.Basis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Has groups of tasks handed on by leaders. A group goes off when it is full, or soon after its
/// first task came. A leader that is lost means that all of its group are.
final class Leaders {
  /// How long a group waits for more.
  private static final long GATHER_MILLIS = 5;

  /// What a message holds besides its tasks, and each task besides its fragment.
  private static final long ENVELOPE_BYTES = 1_000;

  private final FunctionCall leader;
  private final Executor executor;
  private final Consumer<Charge> charges;
  private Group open = new Group();

  private static final class Group {
    private final List<FragmentRequest> requests = new ArrayList<>();
    private final Map<Key, CompletableFuture<FragmentResponse>> responses = new HashMap<>();
    private long bytes = ENVELOPE_BYTES;

    /// Is cancelled once nobody waits for any of the responses.
    CompletableFuture<Boolean> wanted() {
      var wanted = new CompletableFuture<Boolean>();
      List<CompletableFuture<FragmentResponse>> all = List.copyOf(responses.values());
      var _ =
          CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
              .whenComplete((_, _) -> {
                if (all.stream().allMatch(CompletableFuture::isCancelled)) {
                  boolean _ = wanted.cancel(true);
                }
              });
      return wanted;
    }
  }

  /// Which attempt: groups mix stages.
  private record Key(String query, int stage, int task, int attempt) {
    static Key of(FragmentRequest request) {
      return new Key(request.query(), request.stage(), request.task(), request.attempt());
    }

    static Key of(FragmentResponse response) {
      return new Key(response.query(), response.stage(), response.task(), response.attempt());
    }
  }

  /// @param executor runs the calls, each of which takes long
  /// @param charges told of what each call is paid by
  Leaders(FunctionCall leader, Executor executor, Consumer<Charge> charges) {
    this.leader = leader;
    this.executor = executor;
    this.charges = charges;
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
      AbortableCall.start(executor, group.wanted(), () -> lead(group));
    }
  }

  private void lead(Group group) {
    try {
      byte[] message = Json.encode(new LeadTasks(group.requests));
      LedTasks led = Json.decode(call(group, message), LedTasks.class);
      for (FragmentResponse response : led.led()) {
        CompletableFuture<FragmentResponse> wanted = group.responses.get(Key.of(response));
        if (wanted != null) {
          wanted.complete(response);
        }
      }
      lose(group, new FrazilException(ErrorCode.ATTEMPT_LOST, "Its leader did not tell of it"));
    } catch (RuntimeException | Error e) {
      // Whatever ailed the leader, it was not its tasks' fault.
      lose(
          group,
          new FrazilException(
              isRefused(e) ? ErrorCode.THROTTLED : ErrorCode.ATTEMPT_LOST,
              "Its leader failed: " + e.getMessage(),
              e));
    }
  }

  /// What a leader gave, or why it gave nothing, which is paid for too: but for one that Lambda had
  /// no room for.
  private byte[] call(Group group, byte[] message) {
    int stage = group.requests.getFirst().stage();
    long start = System.nanoTime();
    try {
      FunctionCall.Answer answer = leader.call(message);
      charges.accept(
          answer.billedMillis().isPresent()
              ? Charge.leader(stage, Basis.REPORTED, answer.billedMillis().getAsLong())
              : Charge.leader(stage, Basis.MEASURED, millisSince(start)));
      return answer.payload();
    } catch (RuntimeException | Error e) {
      if (!isRefused(e)) {
        charges.accept(Charge.leader(stage, Basis.ASSUMED, millisSince(start)));
      }
      throw e;
    }
  }

  private static long millisSince(long startNanos) {
    return Math.ceilDiv(System.nanoTime() - startNanos, 1_000_000);
  }

  private static boolean isRefused(Throwable e) {
    return e instanceof FrazilException known && known.code() == ErrorCode.THROTTLED;
  }

  private static void lose(Group group, FrazilException why) {
    group.responses.values().forEach(response -> response.completeExceptionally(why));
  }
}
