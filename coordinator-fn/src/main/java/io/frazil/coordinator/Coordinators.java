package io.frazil.coordinator;

import io.frazil.coordinator.fanout.FunctionStart;
import io.frazil.coordinator.http.Starter;
import io.frazil.engine.error.ErrorClass;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.Json;
import io.frazil.events.RunQuery;
import io.frazil.events.log.QueryLog;
import io.frazil.session.dispatch.ErrorMessages;

/// Hands queries over to a coordinator function. That one is called twice harms nothing: the second
/// finds that the query is somebody's.
record Coordinators(FunctionStart function, QueryLog log) implements Starter {
  private static final String MISTAKE = "No coordinator can be called as this is deployed";

  @Override
  public void handOver(String id) {
    try {
      function.start(Json.encode(new RunQuery(id)));
    } catch (FrazilException e) {
      throw failure(id, e);
    }
    log.handedOver(id, "coordinator");
  }

  /// A function that isn't there, or may not be called, is the deployment's fault, and nothing that
  /// the caller did or could do.
  private FrazilException failure(String id, FrazilException error) {
    if (error.errorClass() == ErrorClass.TRANSIENT) {
      return new FrazilException(
          ErrorCode.STORE_UNAVAILABLE,
          "No coordinator can be called now, so the query waits for its state to be asked for: "
              + error.getMessage(),
          error);
    }
    log.passedOver(id, MISTAKE, ErrorMessages.encode(error));
    return new FrazilException(ErrorCode.INTERNAL, MISTAKE + ": " + error.getMessage(), error);
  }
}
