package io.frazil.coordinator.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.error.FrazilException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.model.LambdaException;

class CallFailureTest {
  @ParameterizedTest
  @CsvSource({
    "429, TooManyRequestsException, THROTTLED",
    "502, EC2ThrottledException, THROTTLED",
    "502, ENILimitReachedException, THROTTLED",
    "429, Unknown, THROTTLED",
    "500, ServiceException, ATTEMPT_LOST",
    "503, Unknown, ATTEMPT_LOST",
    "409, SnapStartNotReadyException, THROTTLED",
    "408, SnapStartTimeoutException, ATTEMPT_LOST",
    "502, ResourceNotReadyException, THROTTLED",
    "409, ResourceConflictException, THROTTLED",
    "400, SnapStartException, WORKER_DIED",
    "413, RequestTooLargeException, INVALID_MESSAGE",
    "404, ResourceNotFoundException, VERSION_MISMATCH",
    "403, AccessDeniedException, PERMISSION_DENIED",
    "400, InvalidParameterValueException, INTERNAL",
    "400, InvalidRequestContentException, INTERNAL"
  })
  void lambdasErrorsSayWhetherToTryAgain(int status, String name, String code) {
    AwsServiceException error =
        LambdaException.builder()
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(name).errorMessage("as scripted").build())
            .build();
    FrazilException failure = CallFailure.of("worker:1", error);
    assertThat(failure.code()).hasToString(code);
    assertThat(failure).hasMessageStartingWith("Function 'worker:1' ");
  }

  @Test
  void whatTheNetworkLosesIsLost() {
    FrazilException failure = CallFailure.of("worker:1", SdkClientException.create("reset"));
    assertThat(failure.code()).hasToString("ATTEMPT_LOST");
    assertThat(failure).hasMessage("Function 'worker:1' could not be reached: reset");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.lang.OutOfMemoryError | Java heap space | MEMORY_LIMIT",
        "Runtime.OutOfMemory | killed | MEMORY_LIMIT",
        "Runtime.ExitError | RequestId: 1 Error: Runtime exited with error: signal: killed |"
            + " MEMORY_LIMIT",
        "Runtime.ExitError | RequestId: 1 Error: Runtime exited with error: exit status 3 |"
            + " MEMORY_LIMIT",
        "Runtime.ExitError | RequestId: 1 Error: Runtime exited with error: exit status 1 |"
            + " WORKER_DIED",
        "Sandbox.Timedout | RequestId: 1 Error: Task timed out after 900.00 seconds | WORKER_DIED",
        "java.lang.IllegalStateException | what | WORKER_DIED",
        "Function.ResponseSizeTooLarge | Response payload size exceeded | INTERNAL",
        "io.frazil.worker.InvalidMessage | INVALID_MESSAGE: no | INVALID_MESSAGE"
      })
  void functionsErrorsSayWhetherToTryAgain(String type, String message, String code) {
    String payload =
        "{\"errorType\":\"%s\",\"errorMessage\":\"%s\",\"stackTrace\":[\"secret\"]}"
            .formatted(type, message);
    FrazilException failure =
        FunctionError.read(payload.getBytes(StandardCharsets.UTF_8)).failure("worker:1");
    assertThat(failure.code()).hasToString(code);
    assertThat(failure.getMessage()).contains(message).doesNotContain("secret");
  }

  @Test
  void anErrorThatCannotBeReadIsAWorkerThatDied() {
    byte[] payload = "<html>".getBytes(StandardCharsets.UTF_8);
    assertThat(FunctionError.read(payload).failure("worker:1").code()).hasToString("WORKER_DIED");
  }

  @Test
  void whatIsBilledIsReadFromTheLogsEnd() {
    assertThat(billed("Billed Duration: 1 ms\nREPORT RequestId: 1\tBilled Duration: 134 ms\tM"))
        .hasValue(134);
    assertThat(billed("{\"type\":\"platform.report\",\"billedDurationMs\":27}")).hasValue(27);
    assertThat(billed("nothing")).isEmpty();
    assertThat(InvocationLog.billedMillis("no base 64")).isEmpty();
    assertThat(InvocationLog.billedMillis(null)).isEmpty();
  }

  private static java.util.OptionalLong billed(String log) {
    return InvocationLog.billedMillis(
        Base64.getEncoder().encodeToString(log.getBytes(StandardCharsets.UTF_8)));
  }
}
