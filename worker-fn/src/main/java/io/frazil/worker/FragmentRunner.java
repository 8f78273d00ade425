package io.frazil.worker;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.fragment.BuildId;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.fragment.FragmentExecution;
import io.frazil.engine.fragment.FragmentJson;
import io.frazil.engine.fragment.FragmentResult;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.PlanJson;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.StoreRequests;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.ControlWatch;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/// Runs fragments that come as messages, each with memory, metrics and a word to stop of its own.
public final class FragmentRunner {
  private final ObjectStore store;
  private final FunctionRegistry functions;
  private final String fingerprint;
  private final MemoryPool memory;
  private final Duration controlInterval;

  /// A runner in a process of its own: fragments hold three quarters of its heap, the rest being
  /// for what is not accounted. It asks each second whether its query was cancelled.
  public FragmentRunner(ObjectStore store, FunctionRegistry functions) {
    this(
        store,
        functions,
        new MemoryPool(Runtime.getRuntime().maxMemory() / 4 * 3),
        Duration.ofSeconds(1));
  }

  /// @param memory what all fragments that run here at a time hold together, besides the limit that
  ///   each comes with
  /// @param controlInterval how often it asks whether its query was cancelled
  public FragmentRunner(
      ObjectStore store, FunctionRegistry functions, MemoryPool memory, Duration controlInterval) {
    this.store = store;
    this.memory = memory;
    this.functions = functions;
    this.fingerprint = BuildId.fingerprint(functions);
    this.controlInterval = controlInterval;
  }

  /// Runs one attempt. Whatever goes wrong is in the response.
  FragmentResponse run(FragmentRequest request) {
    var attempt = new Attempt(request);
    try {
      Fragment fragment = FragmentJson.read(request.fragment(), fingerprint);
      return attempt.run(fragment);
    } catch (FrazilException e) {
      return attempt.failed(e);
    } catch (RuntimeException | Error e) {
      return attempt.failed(
          new FrazilException(ErrorCode.INTERNAL, "Internal error in a worker: " + e, e));
    }
  }

  private final class Attempt {
    private final FragmentRequest request;
    private final TaskMetrics metrics = new TaskMetrics();
    private final StoreRequests requests = new StoreRequests();
    private final long start = System.nanoTime();
    private long peakBytes;

    Attempt(FragmentRequest request) {
      this.request = request;
    }

    FragmentResponse run(Fragment fragment) {
      MemoryPool own = memory.within(fragment.limits().memoryBytes());
      ObjectStore counted = store.counting(requests);
      var cancellation = new Cancellation();
      var context =
          new TaskContext(
              counted, own, functions, cancellation, metrics, threads(fragment.limits()));
      try (var _ =
          new ControlWatch(counted, fragment.control(), controlInterval, cancellation::cancel)) {
        FragmentResult result =
            FragmentExecution.run(fragment, String.valueOf(request.attempt()), Map.of(), context);
        peakBytes = own.peak();
        return succeeded(result);
      } finally {
        peakBytes = own.peak();
      }
    }

    private static int threads(Fragment.Limits limits) {
      return limits.equals(Fragment.Limits.NONE)
          ? Runtime.getRuntime().availableProcessors()
          : limits.threads();
    }

    private FragmentResponse succeeded(FragmentResult result) {
      byte[] inline = result.inline();
      return new FragmentResponse(
          request.query(),
          request.stage(),
          request.task(),
          request.attempt(),
          PlanJson.write(result.partial()),
          inline == null ? null : Base64.getEncoder().encodeToString(inline),
          statistics(),
          null);
    }

    FragmentResponse failed(FrazilException error) {
      return new FragmentResponse(
          request.query(),
          request.stage(),
          request.task(),
          request.attempt(),
          null,
          null,
          statistics(),
          Messages.encode(error));
    }

    private FragmentResponse.Statistics statistics() {
      return Messages.statistics(System.nanoTime() - start, peakBytes, requests, metrics);
    }
  }
}
