package io.frazil.worker;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialReader;
import io.frazil.engine.error.ErrorClass;
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
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.log.QueryLog;
import io.frazil.json.JsonText;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// Runs fragments that come as messages, each with memory, metrics and a word to stop of its own.
public final class FragmentRunner {
  /// The time of a runner that nobody cuts off.
  static final Duration FOREVER = Duration.ofDays(1);

  /// More than a task is given threads.
  private static final int THREADS_MAX = 64;

  private final ObjectStore store;
  private final FunctionRegistry functions;
  private final String fingerprint;
  private final MemoryPool memory;
  private final Duration controlInterval;
  private final Optional<ResultsFolder> results;
  private final CpuClock clock;
  private final QueryLog log;

  /// A runner in a process of its own, for one fragment at a time. Fragments hold three quarters of
  /// its heap, the rest being for what is not accounted. It asks each second whether its query was
  /// cancelled.
  ///
  /// @param results where queries' objects lie; fragments that name others are refused. Empty where
  ///   whoever sends them is to be believed
  public static FragmentRunner ofFunction(
      ObjectStore store, FunctionRegistry functions, Optional<String> results) {
    return new FragmentRunner(
        store,
        functions,
        new MemoryPool(Runtime.getRuntime().maxMemory() / 4 * 3),
        Duration.ofSeconds(1),
        results.map(ResultsFolder::of),
        CpuClock.PROCESS,
        QueryLog.SILENT);
  }

  /// A runner among others of this process.
  ///
  /// @param memory what all fragments that run here at a time hold together, besides the limit that
  ///   each comes with
  /// @param controlInterval how often it asks whether its query was cancelled
  public FragmentRunner(
      ObjectStore store, FunctionRegistry functions, MemoryPool memory, Duration controlInterval) {
    this(
        store,
        functions,
        memory,
        controlInterval,
        Optional.empty(),
        CpuClock.DRIVERS,
        QueryLog.SILENT);
  }

  FragmentRunner(
      ObjectStore store,
      FunctionRegistry functions,
      MemoryPool memory,
      Duration controlInterval,
      Optional<ResultsFolder> results,
      CpuClock clock,
      QueryLog log) {
    this.store = store;
    this.memory = memory;
    this.functions = functions;
    this.fingerprint = BuildId.fingerprint(functions);
    this.controlInterval = controlInterval;
    this.results = results;
    this.clock = clock;
    this.log = log;
  }

  /// The same, which says in a log where errors were thrown that are our own fault, and where it
  /// cannot know whether to stop.
  FragmentRunner loggingTo(QueryLog other) {
    return new FragmentRunner(store, functions, memory, controlInterval, results, clock, other);
  }

  ObjectStore store() {
    return store;
  }

  /// Runs one attempt. Whatever goes wrong is in the response.
  ///
  /// @param left how long it may take
  FragmentResponse run(FragmentRequest request, Duration left) {
    return run(request, left, new StoreRequests());
  }

  /// The same, which tells what was asked of the store for it besides, too.
  ///
  /// @param requests what was, to which it adds its own
  FragmentResponse run(FragmentRequest request, Duration left, StoreRequests requests) {
    var attempt = new Attempt(request, requests);
    try {
      return attempt.run(fragment(request, store.counting(requests)), left);
    } catch (FrazilException e) {
      return attempt.failed(e);
    } catch (OutOfMemoryError e) {
      return attempt.failed(
          new FrazilException(
              ErrorCode.MEMORY_LIMIT, "The worker's heap is full: " + e.getMessage(), e));
    } catch (RuntimeException | Error e) {
      return attempt.failed(
          new FrazilException(ErrorCode.INTERNAL, "Internal error in a worker: " + e, e));
    }
  }

  /// @throws FrazilException INVALID_MESSAGE where an object is none of a query's
  void check(String query, String location) {
    results.ifPresent(folder -> folder.check(query, location));
  }

  private Fragment fragment(FragmentRequest request, ObjectStore counted) {
    results.ifPresent(folder -> folder.check(request));
    String location = request.location();
    JsonText json = request.fragment();
    String text =
        json != null ? json.json() : StoredFragment.read(counted, String.valueOf(location));
    Fragment fragment = FragmentJson.read(text, fingerprint);
    results.ifPresent(folder -> folder.check(request, fragment));
    return fragment;
  }

  private final class Attempt {
    private final FragmentRequest request;
    private final TaskMetrics metrics = new TaskMetrics();
    private final StoreRequests requests;
    private final long start = System.nanoTime();
    private final long startCpu = clock.nanos(metrics);
    private long peakBytes;

    Attempt(FragmentRequest request, StoreRequests requests) {
      this.request = request;
      this.requests = requests;
    }

    FragmentResponse run(Fragment fragment, Duration left) {
      Optional<PartialManifest> committed = committed(fragment);
      if (committed.isPresent()) {
        metrics.node(fragment.plan().id()).add(Counter.OUTPUT_ROWS, committed.get().rows());
        return succeeded(new FragmentResult(committed.get(), null));
      }
      MemoryPool own = memory.within(fragment.limits().memoryBytes());
      ObjectStore counted = store.counting(requests);
      var cancellation = new Cancellation();
      var context =
          new TaskContext(
              counted, own, functions, cancellation, metrics, threads(fragment.limits()));
      try (var _ = new TimeLeft(left, cancellation);
          var _ =
              new ControlWatch(
                  counted,
                  fragment.control(),
                  controlInterval,
                  cancellation::cancel,
                  this::doubt)) {
        FragmentResult result =
            FragmentExecution.run(fragment, String.valueOf(request.attempt()), Map.of(), context);
        peakBytes = own.peak();
        return succeeded(result);
      } finally {
        peakBytes = own.peak();
      }
    }

    private void doubt(FrazilException error) {
      log.passedOver(request.query(), "Whether to stop could not be read", Messages.encode(error));
    }

    /// What an earlier attempt wrote whose answer was lost.
    private Optional<PartialManifest> committed(Fragment fragment) {
      if (request.attempt() == 1) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            PartialReader.readManifest(store.counting(requests), fragment.output().location()));
      } catch (FrazilException e) {
        if (e.code() == ErrorCode.FILE_NOT_FOUND) {
          return Optional.empty();
        }
        throw e;
      }
    }

    private static int threads(Fragment.Limits limits) {
      int processors = Runtime.getRuntime().availableProcessors();
      return limits.equals(Fragment.Limits.NONE)
          ? processors
          : Math.min(limits.threads(), Math.max(processors, THREADS_MAX));
    }

    private FragmentResponse succeeded(FragmentResult result) {
      byte[] inline = result.inline();
      return new FragmentResponse(
          request.query(),
          request.stage(),
          request.task(),
          request.attempt(),
          PlanJson.embed(result.partial()),
          inline == null ? null : Base64.getEncoder().encodeToString(inline),
          statistics(),
          null);
    }

    FragmentResponse failed(FrazilException error) {
      if (error.errorClass() == ErrorClass.INTERNAL) {
        log.broke(request, error);
      }
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
      return Messages.statistics(
          System.nanoTime() - start, clock.nanos(metrics) - startCpu, peakBytes, requests, metrics);
    }
  }
}
