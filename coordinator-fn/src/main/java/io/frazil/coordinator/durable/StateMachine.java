package io.frazil.coordinator.durable;

import io.frazil.coordinator.query.Handover;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.Json;
import io.frazil.events.StepQuery;
import io.frazil.session.cost.Estimate;
import io.frazil.session.estimate.LongQueries;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

/// The state machine that makes the steps of long queries. An execution is named after its query
/// and the epoch at which it was handed over: each owner begins one at most.
///
/// @param client asked for when the first query is handed over, not before: what a function makes
///   when it starts may be part of a snapshot
/// @param arn the state machine's
/// @param longQueries those that go there at once
public record StateMachine(Supplier<SfnClient> client, String arn, LongQueries longQueries)
    implements Handover {
  /// What a coordinator may take, less what makes a prediction wrong.
  public static final Duration LONG_QUERY = Duration.ofMinutes(10);

  /// Whose connections are made once they are needed.
  public static SfnClient connect() {
    return SfnClient.builder().httpClientBuilder(Apache5HttpClient.builder()).build();
  }

  /// Where even the quickest that is predicted takes too long: a coordinator that is wrong about a
  /// query hands it over later.
  @Override
  public boolean isFor(Estimate estimate) {
    return longQueries.has(estimate.seconds());
  }

  @Override
  public void start(String query, String execution) {
    var input = new String(Json.encode(StepQuery.of(query)), StandardCharsets.UTF_8);
    try {
      var _ = client.get().startExecution(e -> e.stateMachineArn(arn).name(execution).input(input));
    } catch (ExecutionAlreadyExistsException e) {
      // This owner started it before, and the answer was lost.
    } catch (SdkException e) {
      throw unavailable("cannot be started now", e);
    }
  }

  @Override
  public boolean isAtWork(String execution) {
    String name = arn.replace(":stateMachine:", ":execution:") + ":" + execution;
    try {
      return switch (client.get().describeExecution(e -> e.executionArn(name)).status()) {
        case RUNNING, PENDING_REDRIVE -> true;
        case SUCCEEDED, FAILED, TIMED_OUT, ABORTED, UNKNOWN_TO_SDK_VERSION -> false;
      };
    } catch (ExecutionDoesNotExistException e) {
      return false;
    } catch (SdkException e) {
      throw unavailable("does not answer now", e);
    }
  }

  private static FrazilException unavailable(String what, SdkException error) {
    return new FrazilException(
        ErrorCode.STORE_UNAVAILABLE,
        "The state machine %s: %s".formatted(what, error.getMessage()),
        error);
  }
}
