package io.frazil.coordinator.fanout;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.LeadTasks;
import io.frazil.events.LedTasks;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.session.dispatch.ErrorMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Hands tasks on to workers and tells what became of them, and how long it took where that is all
/// that is known. Runs nothing itself, tries nothing again, and remembers nothing: whoever sent the
/// tasks does all of that.
///
/// A few that take much longer than the others are left and told of as lost, or those would look as
/// slow as these: whoever sent them knows of no task's end before it knows of all.
public final class Leader {
  /// What a response may hold besides what it tells of tasks.
  private static final long ENVELOPE_BYTES = 1_000;

  /// One task in so many may be left for being slow, and at least one.
  private static final int TASKS_A_SLOW_ONE = 20;

  /// Of fewer none is left, as too few others tell how long it should take.
  private static final int TASKS_MIN = 4;

  /// A task is slow that takes so many times as long as the others did. Less than what a
  /// coordinator calls slow of the tasks of a stage, see [io.frazil.session.attempt.Hedging]: it is
  /// to know of the others before.
  private static final double SLOW_FACTOR = 1.5;

  /// One that takes no longer is never slow; less than a coordinator's likewise.
  private static final Duration SLOW_MIN = Duration.ofMillis(500);

  private final Dispatcher workers;
  private final Duration slowMin;

  public Leader(Dispatcher workers) {
    this(workers, SLOW_MIN);
  }

  /// @param slowMin a task that takes no longer is never slow
  Leader(Dispatcher workers, Duration slowMin) {
    this.workers = workers;
    this.slowMin = slowMin;
  }

  /// Has all tasks tried once. Those that are left go on, as far as anybody knows.
  ///
  /// @param within how long: what takes longer is told of as lost
  public LedTasks lead(LeadTasks tasks, Duration within) {
    long start = System.nanoTime();
    List<CompletableFuture<FragmentResponse>> calls =
        tasks.lead().stream().map(workers::run).toList();
    List<CompletableFuture<FragmentResponse>> running = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      FragmentRequest request = tasks.lead().get(i);
      running.add(
          calls.get(i).exceptionally(e -> failed(request, System.nanoTime() - start, error(e))));
    }
    boolean inTime =
        CompletableFuture.anyOf(
                CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new)),
                othersAreSlow(running, start))
            .thenApply(_ -> true)
            .completeOnTimeout(false, within.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    long nanos = System.nanoTime() - start;
    String why = inTime ? "It took much longer than others" : "Its leader's time was over";
    List<FragmentResponse> led = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      FragmentResponse late = response(tasks.lead().get(i), time(nanos), lost(why));
      led.add(running.get(i).getNow(late));
      boolean _ = calls.get(i).cancel(true);
    }
    return new LedTasks(fitting(tasks.lead(), led));
  }

  /// Is done once nearly all of them succeeded and the others take much longer. Not by what failed,
  /// which often does so at once.
  private CompletableFuture<Boolean> othersAreSlow(
      List<CompletableFuture<FragmentResponse>> running, long startNanos) {
    var nearlyAll = new CompletableFuture<Boolean>();
    if (running.size() >= TASKS_MIN) {
      int slow = Math.max(1, running.size() / TASKS_A_SLOW_ONE);
      var missing = new AtomicInteger(running.size() - slow);
      for (CompletableFuture<FragmentResponse> task : running) {
        var _ =
            task.thenAccept(response -> {
              if (response.error() == null && missing.decrementAndGet() == 0) {
                nearlyAll.complete(true);
              }
            });
      }
    }
    return nearlyAll.thenCompose(_ -> {
      long took = System.nanoTime() - startNanos;
      long left = Math.max(slowMin.toNanos(), (long) (took * SLOW_FACTOR)) - took;
      return new CompletableFuture<Boolean>().completeOnTimeout(true, left, TimeUnit.NANOSECONDS);
    });
  }

  /// What fits into one message. The rest is lost, to be tried again by itself.
  private static List<FragmentResponse> fitting(
      List<FragmentRequest> requests, List<FragmentResponse> led) {
    var fitting = new ArrayList<FragmentResponse>();
    long bytes = ENVELOPE_BYTES;
    for (int i = 0; i < led.size(); i++) {
      FragmentResponse response = led.get(i);
      long room = Json.MAX_BYTES - bytes - ENVELOPE_BYTES * (led.size() - i);
      FragmentResponse told =
          Json.encode(response).length <= room
              ? response
              : response(
                  requests.get(i),
                  withoutNodes(response.statistics()),
                  lost("There was no room for it in its leader's answer"));
      bytes += Json.encode(told).length + 1;
      fitting.add(told);
    }
    return fitting;
  }

  /// Of an attempt whose worker told nothing.
  ///
  /// @param nanos how long it was waited for: nothing is paid where there was no room for it
  private static FragmentResponse failed(
      FragmentRequest request, long nanos, FrazilException error) {
    return response(request, time(error.code() == ErrorCode.THROTTLED ? 0 : nanos), error);
  }

  private static FragmentResponse.Statistics time(long nanos) {
    return new FragmentResponse.Statistics(nanos, 0, 0, 0, 0, null, Map.of());
  }

  private static FragmentResponse.Statistics withoutNodes(FragmentResponse.Statistics told) {
    return new FragmentResponse.Statistics(
        told.wallNanos(),
        told.cpuNanos(),
        told.peakBytes(),
        told.gets(),
        told.puts(),
        told.billedMillis(),
        Map.of());
  }

  private static FragmentResponse response(
      FragmentRequest request, FragmentResponse.Statistics statistics, FrazilException error) {
    return new FragmentResponse(
        request.query(),
        request.stage(),
        request.task(),
        request.attempt(),
        null,
        null,
        statistics,
        ErrorMessages.encode(error));
  }

  private static FrazilException error(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof FrazilException known ? known : lost(String.valueOf(cause));
  }

  private static FrazilException lost(String why) {
    return new FrazilException(ErrorCode.ATTEMPT_LOST, why);
  }
}
