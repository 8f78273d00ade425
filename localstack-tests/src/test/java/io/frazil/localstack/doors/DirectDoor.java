package io.frazil.localstack.doors;

import io.frazil.coordinator.query.QueryRunner;
import io.frazil.events.CancelQuery;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryStatus;
import io.frazil.localstack.deployment.Functions;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/// The operators' door: the coordinator function, invoked.
///
/// @param coordinator its name and version
public record DirectDoor(Functions functions, String coordinator) implements Door {
  private static final int ATTEMPTS_MAX = 4;

  @Override
  public String query(String token) {
    return QueryRunner.id(token);
  }

  /// As the command line does it.
  @Override
  public void cancel(String token) {
    byte[] message = Json.encode(new CancelQuery(query(token)));
    QueryStatus _ = Json.decode(functions.answer(coordinator, message), QueryStatus.class);
  }

  @Override
  public Outcome run(QueryRequest request) {
    QueryRequest repeatable =
        request.token() == null ? request.withToken(UUID.randomUUID().toString()) : request;
    for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      try {
        InvokeResponse response = functions.invoke(coordinator, Json.encode(repeatable));
        if (response.functionError() == null) {
          return Outcome.of(Json.decode(response.payload().asByteArray(), QueryResponse.class));
        }
      } catch (TooManyRequestsException _) {
        return new Outcome.TooMany();
      } catch (SdkClientException _) {
        // LocalStack resets connections where many come at once.
        continue;
      }
    }
    throw new AssertionError("the coordinator was lost " + ATTEMPTS_MAX + " times");
  }
}
