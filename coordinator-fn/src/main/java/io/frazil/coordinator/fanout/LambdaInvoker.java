package io.frazil.coordinator.fanout;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/// Calls one version of one function, each time once: whether to try again is the caller's to say.
/// Safe for use by many threads.
///
/// @param client with its own retries off, see [#client(int)]
/// @param function a version's ARN, or `name:version`
public record LambdaInvoker(LambdaClient client, String function) implements FunctionCall {
  private static final byte[] NOTHING = {};

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /// Longer than any function runs: what a function does is done once, whether or not somebody
  /// listens.
  private static final Duration READ_TIMEOUT = Duration.ofMinutes(15).plusSeconds(30);

  /// A connection is used for new calls for so long: while a function is frozen between two
  /// requests it hears of no connection's end, and a call on one that ended is lost.
  private static final Duration CONNECTION_AGE = Duration.ofMinutes(1);

  /// A client for calls that take long: one attempt, connections kept alive while nothing is said.
  ///
  /// @param connections how many calls it makes at a time
  public static LambdaClient client(int connections) {
    return builder(connections, CONNECTION_AGE).build();
  }

  /// The same for a Lambda at an address of its own, which takes signatures of any region.
  public static LambdaClient client(int connections, URI endpoint) {
    return builder(connections, CONNECTION_AGE)
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .build();
  }

  static LambdaClientBuilder builder(int connections, Duration connectionAge) {
    return LambdaClient.builder()
        .httpClientBuilder(
            Apache5HttpClient.builder()
                .maxConnections(connections)
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(READ_TIMEOUT)
                .connectionTimeToLive(connectionAge)
                .tcpKeepAlive(true))
        .overrideConfiguration(
            o -> o.retryStrategy(r -> r.maxAttempts(1)).apiCallAttemptTimeout(READ_TIMEOUT));
  }

  @Override
  public Answer call(byte[] payload) {
    InvokeResponse answer;
    try {
      answer = client.invoke(request(payload));
    } catch (SdkException e) {
      throw CallFailure.of(function, e);
    }
    byte[] given = answer.payload() == null ? NOTHING : answer.payload().asByteArrayUnsafe();
    if (answer.functionError() != null) {
      throw FunctionError.read(given).failure(function);
    }
    if (given.length == 0) {
      // Every function gives something. What ends within its headers is an answer to the client.
      throw new FrazilException(
          ErrorCode.ATTEMPT_LOST, "The answer of function '%s' was cut short".formatted(function));
    }
    return new Answer(given, InvocationLog.billedMillis(answer.logResult()));
  }

  private InvokeRequest request(byte[] payload) {
    return InvokeRequest.builder()
        .functionName(function)
        .payload(SdkBytes.fromByteArrayUnsafe(payload))
        .logType(LogType.TAIL)
        .build();
  }
}
