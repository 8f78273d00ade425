package io.frazil.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.frazil.coordinator.fanout.FunctionStart;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.log.FunctionLog;
import io.frazil.events.log.QueryLog;
import io.frazil.s3.loopback.LoopbackServer;
import io.frazil.s3.loopback.LoopbackServer.Answer;
import io.frazil.s3.loopback.LoopbackServer.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// Coordinators called on a Lambda that fails a number of times before it takes a call.
@Timeout(60)
class CoordinatorsTest {
  private static final String ID = "0123456789abcdef";

  private final List<Request> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final LoopbackServer lambda = LoopbackServer.start(this::answer);
  private final LambdaClient client =
      FunctionStart.builder()
          .endpointOverride(URI.create("http://" + lambda.address()))
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
          .build();
  private final Coordinators coordinators =
      new Coordinators(
          new FunctionStart(client, "coordinator:3"),
          new QueryLog(FunctionLog.of(Map.of("AWS_LAMBDA_FUNCTION_NAME", "http"), lines::add)));

  private volatile int failures;
  private volatile int status;
  private volatile String error = "";

  @AfterEach
  void stop() {
    client.close();
    lambda.close();
  }

  @Test
  void aCoordinatorIsCalledAndNotWaitedFor() {
    coordinators.handOver(ID);
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().path())
        .isEqualTo("/2015-03-31/functions/coordinator%3A3/invocations");
    assertThat(asked.getFirst().header("x-amz-invocation-type")).hasValue("Event");
    assertThat(asked.getFirst().body())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"run\":\"%s\"}".formatted(ID));
    assertThat(lines).singleElement().asString().contains("Query handed over");
  }

  @ParameterizedTest
  @CsvSource({"500, ServiceException", "503, ''", "429, TooManyRequestsException", "0, ''"})
  void whatMayPassIsTriedAgain(int withStatus, String withError) {
    fail(2, withStatus, withError);
    assertThatCode(() -> coordinators.handOver(ID)).doesNotThrowAnyException();
    assertThat(asked).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "503, ServiceException, could not be called",
    "429, TooManyRequestsException, has no room",
    "502, ResourceNotReadyException, is not ready yet"
  })
  void whatDoesNotPassSoonIsToBeAskedForLater(int withStatus, String withError, String what) {
    fail(10, withStatus, withError);
    FrazilException failure = failure();
    assertThat(failure.code()).hasToString("STORE_UNAVAILABLE");
    assertThat(failure)
        .hasMessageStartingWith(
            "No coordinator can be called now, so the query waits for its state to be asked for:"
                + " Function 'coordinator:3' %s: ".formatted(what));
    assertThat(asked).hasSize(3);
    assertThat(lines).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "404, ResourceNotFoundException, is not deployed, VERSION_MISMATCH",
    "403, AccessDeniedException, may not be called, PERMISSION_DENIED",
    "400, InvalidParameterValueException, cannot be called, INTERNAL"
  })
  void aMistakeOfTheDeploymentIsSaidAtOnce(
      int withStatus, String withError, String what, String told) {
    fail(10, withStatus, withError);
    FrazilException failure = failure();
    assertThat(failure.code()).hasToString("INTERNAL");
    assertThat(failure)
        .hasMessageStartingWith(
            "No coordinator can be called as this is deployed: Function 'coordinator:3' " + what);
    assertThat(asked).hasSize(1);
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("\"query\":\"%s\"".formatted(ID), "\"code\":\"" + told);
  }

  private void fail(int times, int withStatus, String withError) {
    failures = times;
    status = withStatus;
    error = withError;
  }

  private FrazilException failure() {
    return catchThrowableOfType(FrazilException.class, () -> coordinators.handOver(ID));
  }

  private Answer answer(Request request) {
    asked.add(request);
    if (asked.size() > failures) {
      return new Answer(202, Map.of(), new byte[0], 0, 0);
    }
    if (status == 0) {
      throw new UncheckedIOException(new IOException("hung up"));
    }
    byte[] body = "{\"Message\":\"as scripted\"}".getBytes(StandardCharsets.UTF_8);
    return new Answer(status, Map.of("x-amzn-ErrorType", error), body, 0, body.length);
  }
}
