package io.frazil.coordinator.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// Calls whose answers a server of this test's own gives, as far as it wants.
@Timeout(60)
class LambdaInvokerTest {
  private static final byte[] REQUEST = "{}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] ANSWER =
      """
      HTTP/1.1 200 OK\r
      Server: test\r
      Content-Type: application/json\r
      X-Amz-Executed-Version: 1\r
      Content-Length: 12\r
      Connection: close\r
      \r
      {"some":"a"}\
      """
          .getBytes(StandardCharsets.UTF_8);

  private ServerSocket server;
  private LambdaClient client;
  private volatile int bytes;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    client =
        LambdaClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getLocalPort()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClientBuilder(Apache5HttpClient.builder())
            .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
            .build();
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void aWholeAnswerIsGiven() {
    bytes = ANSWER.length;
    assertThat(call().payload()).asString(StandardCharsets.UTF_8).isEqualTo("{\"some\":\"a\"}");
  }

  @Test
  void anAnswerThatEndsEarlyIsLostWhereverItEnds() {
    for (int i = 0; i < ANSWER.length; i++) {
      bytes = i;
      assertThatThrownBy(this::call)
          .as("after %d bytes", i)
          .isInstanceOfSatisfying(
              FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ATTEMPT_LOST));
    }
  }

  private FunctionCall.Answer call() {
    return new LambdaInvoker(client, "worker:1").call(REQUEST);
  }

  private void serve() {
    while (true) {
      try (Socket connection = server.accept()) {
        readRequest(connection.getInputStream());
        connection.getOutputStream().write(Arrays.copyOf(ANSWER, bytes));
      } catch (IOException _) {
        if (server.isClosed()) {
          return;
        }
      }
    }
  }

  /// Up to the end of its body, so that closing resets nothing.
  private static void readRequest(InputStream in) throws IOException {
    var seen = new StringBuilder();
    while (!seen.toString().endsWith("\r\n\r\n{}")) {
      seen.append((char) in.read());
    }
  }
}
