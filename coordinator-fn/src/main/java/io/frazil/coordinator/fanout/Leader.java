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

/// Hands tasks on to workers and tells what became of them, and how long it took where that is all
/// that is known. Runs nothing itself, tries nothing again, and remembers nothing: whoever sent the
/// tasks does all of that.
public final class Leader {
  /// What a response may hold besides what it tells of tasks.
  private static final long ENVELOPE_BYTES = 1_000;

  private final Dispatcher workers;

  public Leader(Dispatcher workers) {
    this.workers = workers;
  }

  /// Has all tasks tried once.
  ///
  /// @param within how long: what takes longer is told of as lost
  public LedTasks lead(LeadTasks tasks, Duration within) {
    long start = System.nanoTime();
    List<CompletableFuture<FragmentResponse>> calls = new ArrayList<>();
    List<CompletableFuture<FragmentResponse>> running = new ArrayList<>();
    for (FragmentRequest request : tasks.lead()) {
      var late = response(request, time(within.toNanos()), lost("Its leader's time was over"));
      CompletableFuture<FragmentResponse> call = workers.run(request);
      calls.add(call);
      running.add(
          call.exceptionally(e -> failed(request, System.nanoTime() - start, error(e)))
              .completeOnTimeout(late, within.toMillis(), TimeUnit.MILLISECONDS));
    }
    List<FragmentResponse> led = running.stream().map(CompletableFuture::join).toList();
    calls.forEach(late -> late.cancel(true));
    return new LedTasks(fitting(tasks.lead(), led));
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
