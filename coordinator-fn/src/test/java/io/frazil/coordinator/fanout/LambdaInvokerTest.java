package io.frazil.coordinator.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.FragmentRequest;
import io.frazil.s3.loopback.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  private static final LoopbackServer.Answer ANSWERED =
      LoopbackServer.Answer.of(
          Map.of("X-Amz-Executed-Version", "1"), "{}".getBytes(StandardCharsets.UTF_8));

  private ServerSocket server;
  private LambdaClient client;
  private volatile String answer = new String(ANSWER, StandardCharsets.UTF_8);
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

  @Test
  void aCallThatNobodyWaitsForGivesItsConnectionBack() throws InterruptedException {
    var asked = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    try (var lambda =
            LoopbackServer.start(request -> {
              if (request.path().contains("hung")) {
                asked.countDown();
                awaitAlways(never);
              }
              return ANSWERED;
            });
        LambdaClient own = client(lambda.address(), Duration.ofMinutes(1))) {
      try (var dispatcher = new LambdaDispatcher(new LambdaInvoker(own, "hung:1"))) {
        var call = dispatcher.run(new FragmentRequest("q", 0, 1, 1, "{}"));
        asked.await();
        call.cancel(true);
      }
      assertThat(new LambdaInvoker(own, "worker:1").call(REQUEST).payload()).isNotEmpty();
      never.countDown();
    }
  }

  /// A server that ends each connection after one answer, and does not say so.
  @Test
  void aConnectionThatGrewOldIsNotUsedAgain() throws InterruptedException {
    answer = new String(ANSWER, StandardCharsets.UTF_8).replace("Connection: close\r\n", "");
    bytes = answer.length();
    try (LambdaClient own = client("127.0.0.1:" + server.getLocalPort(), Duration.ofMillis(1))) {
      for (int i = 0; i < 3; i++) {
        Thread.sleep(5);
        assertThat(new LambdaInvoker(own, "worker:1").call(REQUEST).payload()).hasSize(12);
      }
    }
  }

  /// Whether to call again, and what that costs, is the caller's to say.
  @ParameterizedTest
  @CsvSource({"503, ATTEMPT_LOST", "429, THROTTLED"})
  void whatIsRefusedIsAskedForOnce(int status, ErrorCode code) {
    var requests = new AtomicInteger();
    try (var lambda =
            LoopbackServer.start(_ ->
                requests.incrementAndGet() == 1
                    ? new LoopbackServer.Answer(status, Map.of(), REQUEST, 0, REQUEST.length)
                    : ANSWERED);
        LambdaClient own = client(lambda.address(), Duration.ofMinutes(1))) {
      var invoker = new LambdaInvoker(own, "worker:1");
      assertThatThrownBy(() -> invoker.call(REQUEST))
          .isInstanceOfSatisfying(FrazilException.class, e -> assertThat(e.code()).isEqualTo(code));
      assertThat(requests).hasValue(1);
      assertThat(invoker.call(REQUEST).payload()).isNotEmpty();
    }
  }

  /// Or what a function does would count as lost while it does it.
  @Test
  void anAnswerIsWaitedForLongerThanAnyFunctionRuns() {
    try (LambdaClient own = client("127.0.0.1:1", Duration.ofMinutes(1))) {
      assertThat(own.serviceClientConfiguration().overrideConfiguration().apiCallAttemptTimeout())
          .hasValueSatisfying(timeout -> assertThat(timeout).isGreaterThan(Duration.ofMinutes(15)));
    }
  }

  private static void awaitAlways(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// With one connection.
  private static LambdaClient client(String address, Duration connectionAge) {
    return LambdaInvoker.builder(1, connectionAge)
        .endpointOverride(URI.create("http://" + address))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }

  private void serve() {
    while (true) {
      try (Socket connection = server.accept()) {
        readRequest(connection.getInputStream());
        connection
            .getOutputStream()
            .write(Arrays.copyOf(answer.getBytes(StandardCharsets.UTF_8), bytes));
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
