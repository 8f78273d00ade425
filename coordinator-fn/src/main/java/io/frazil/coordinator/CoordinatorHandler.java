package io.frazil.coordinator;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.Json;
import io.frazil.events.MessageException;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.RunQuery;
import io.frazil.session.dispatch.ErrorMessages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// The coordinator function: a [QueryRequest] in, a [QueryResponse] out; or a [RunQuery], which has
/// it take on a query that was accepted. Whatever goes wrong is in the response, never as a stack
/// trace.
public final class CoordinatorHandler implements RequestStreamHandler {
  private final QueryRunner runner;

  /// As the environment says: see [Environment].
  public CoordinatorHandler() {
    this(Environment.of(System.getenv()).runner());
  }

  public CoordinatorHandler(QueryRunner runner) {
    this.runner = runner;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, @Nullable Context context)
      throws IOException {
    out.write(handle(in.readNBytes(Json.MAX_BYTES + 1)));
  }

  /// The same for a caller in this process.
  public byte[] handle(byte[] request) {
    return Json.encode(answer(request));
  }

  private QueryResponse answer(byte[] request) {
    try {
      return Json.hasMember(request, "run")
          ? runner.run(Json.decode(request, RunQuery.class).run())
          : runner.answer(Json.decode(request, QueryRequest.class));
    } catch (MessageException e) {
      return QueryResponse.failed(
          null,
          ErrorMessages.encode(
              new FrazilException(ErrorCode.INVALID_MESSAGE, String.valueOf(e.getMessage()), e)));
    }
  }
}
