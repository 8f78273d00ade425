package io.frazil.worker;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.store.ObjectStore;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.MessageException;
import io.frazil.events.RunStoredTask;
import io.frazil.events.log.QueryLog;
import io.frazil.s3.S3ObjectStore;
import io.frazil.worker.prime.Priming;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The worker function: a [FragmentRequest] in, a [FragmentResponse] out. Errors of the fragment
/// are in the response; what cannot be decoded fails the invocation, as [InvalidMessage]. Or a
/// [RunStoredTask] in and nothing out: then errors fail the invocation too, as [TaskException].
///
/// `FRAZIL_RESULTS` says where queries' objects lie: what names others is refused. Where that is on
/// S3, so is all that a fragment reads.
public final class WorkerHandler implements RequestStreamHandler {
  /// Larger than every message about a stored task, smaller than most fragments.
  private static final int STORED_TASK_BYTES_MAX = 8 << 10;

  private static final byte[] NOTHING = {'{', '}'};

  private final FragmentRunner runner;
  private final QueryLog log;

  public WorkerHandler() {
    this(BuiltInAggregates.register(BuiltInFunctions.registry()));
  }

  private WorkerHandler(FunctionRegistry functions) {
    this(
        functions,
        S3ObjectStore.ofFunction(
            System.getenv(), System.getenv().getOrDefault("FRAZIL_RESULTS", "")));
  }

  private WorkerHandler(FunctionRegistry functions, ObjectStore own) {
    this(
        FragmentRunner.ofFunction(
            own, functions, Optional.ofNullable(System.getenv("FRAZIL_RESULTS"))),
        QueryLog.of(System.getenv()));
    Priming.register(
        functions,
        own,
        (store, results) ->
            new WorkerHandler(
                    FragmentRunner.ofFunction(store, functions, Optional.of(results)),
                    QueryLog.UNHEARD)
                ::handleAsStream);
  }

  /// As the runtime calls it, so that all on that way is compiled too.
  private byte[] handleAsStream(byte[] request) {
    var out = new ByteArrayOutputStream();
    try {
      handle(new ByteArrayInputStream(request), out, Duration.ofMinutes(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public WorkerHandler(FragmentRunner runner) {
    this(runner, QueryLog.SILENT);
  }

  WorkerHandler(FragmentRunner runner, QueryLog log) {
    this.runner = runner.loggingTo(log);
    this.log = log;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, @Nullable Context context)
      throws IOException {
    Duration left =
        context == null
            ? FragmentRunner.FOREVER
            : Duration.ofMillis(context.getRemainingTimeInMillis());
    handle(in, out, left);
  }

  private void handle(InputStream in, OutputStream out, Duration left) throws IOException {
    out.write(handle(in.readNBytes(Json.MAX_BYTES + 1), left));
  }

  /// The same for a caller in this process.
  public byte[] handle(byte[] request) {
    return handle(request, FragmentRunner.FOREVER);
  }

  private byte[] handle(byte[] request, Duration left) {
    if (request.length <= STORED_TASK_BYTES_MAX && Json.members(request).contains("stored")) {
      run(decode(request, RunStoredTask.class), left);
      return NOTHING.clone();
    }
    FragmentRequest asked = decode(request, FragmentRequest.class);
    FragmentResponse response = runner.run(asked, left);
    log.ended(asked, response);
    return Json.encode(response);
  }

  private void run(RunStoredTask task, Duration left) {
    Instant invoked = log.now();
    try {
      new StoredTaskRunner(runner, log).run(task, left);
    } catch (TaskException e) {
      log.toldAsError(task.stored().query(), e.getClass().getSimpleName(), invoked);
      throw e;
    }
  }

  private static <T> T decode(byte[] request, Class<T> type) {
    try {
      return Json.decode(request, type);
    } catch (MessageException e) {
      throw new InvalidMessage("INVALID_MESSAGE: " + e.getMessage());
    }
  }
}
