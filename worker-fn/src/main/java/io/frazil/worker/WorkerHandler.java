package io.frazil.worker;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.events.FragmentRequest;
import io.frazil.events.Json;
import io.frazil.s3.S3ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// The worker function: a [FragmentRequest] in, a [io.frazil.events.FragmentResponse] out. Errors
/// of the fragment are in the response; what cannot be decoded fails the invocation.
public final class WorkerHandler implements RequestStreamHandler {
  private final FragmentRunner runner;

  public WorkerHandler() {
    this(
        new FragmentRunner(
            S3ObjectStore.besideLocal(System.getenv()),
            BuiltInAggregates.register(BuiltInFunctions.registry())));
  }

  public WorkerHandler(FragmentRunner runner) {
    this.runner = runner;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, @Nullable Context context)
      throws IOException {
    out.write(handle(in.readNBytes(Json.MAX_BYTES + 1)));
  }

  /// The same for a caller in this process.
  public byte[] handle(byte[] request) {
    return Json.encode(runner.run(Json.decode(request, FragmentRequest.class)));
  }
}
