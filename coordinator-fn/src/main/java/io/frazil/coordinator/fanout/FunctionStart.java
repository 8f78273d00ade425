package io.frazil.coordinator.fanout;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Has one version of one function begin, without waiting for it. What may pass is tried again, so
/// it may begin more than once. Safe for use by many threads.
///
/// @param client see [#builder]
public record FunctionStart(LambdaClient client, String function) {
  private static final int ATTEMPTS = 3;

  /// Of each attempt: Lambda puts what it is to begin into a queue and says so at once.
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /// Of a client of its own, as others' connections are taken for as long as functions run.
  public static LambdaClientBuilder builder() {
    return LambdaClient.builder()
        .httpClientBuilder(Apache5HttpClient.builder().connectionTimeout(TIMEOUT))
        .overrideConfiguration(o ->
            o.retryStrategy(
                    AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build())
                .apiCallAttemptTimeout(TIMEOUT));
  }

  /// @throws io.frazil.engine.error.FrazilException with a code that says whether it may be started
  ///   later: THROTTLED, ATTEMPT_LOST; any other where it cannot
  public void start(byte[] payload) {
    try {
      InvokeResponse _ =
          client.invoke(
              InvokeRequest.builder()
                  .functionName(function)
                  .payload(SdkBytes.fromByteArrayUnsafe(payload))
                  .invocationType(InvocationType.EVENT)
                  .build());
    } catch (SdkException e) {
      throw CallFailure.of(function, e);
    }
  }
}
