package io.frazil.s3.loopback;

import io.frazil.s3.loopback.LoopbackServer.Answer;
import io.frazil.s3.loopback.LoopbackServer.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/// Credentials as a container's endpoint gives them to functions that were started from a snapshot:
/// worth nothing, and good for an hour.
public final class LoopbackCredentials implements AutoCloseable {
  /// The SDK reads this before the variable that Lambda sets.
  private static final String PROPERTY = "aws.containerCredentialsFullUri";

  private final LoopbackServer server = LoopbackServer.start(LoopbackCredentials::answer);

  private LoopbackCredentials() {
    System.setProperty(PROPERTY, address());
  }

  /// Gives them to this process too, until it is closed.
  public static LoopbackCredentials start() {
    return new LoopbackCredentials();
  }

  /// The variables that have a process look for them here.
  public Map<String, String> environment() {
    return Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", address());
  }

  private String address() {
    return "http://" + server.address() + "/credentials";
  }

  private static Answer answer(Request request) {
    Instant end = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    String text =
        """
        {"AccessKeyId": "loopback", "SecretAccessKey": "loopback", "Token": "loopback", \
        "Expiration": "%s"}\
        """
            .formatted(end);
    return Answer.of(
        Map.of("Content-Type", "application/json"), text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    System.clearProperty(PROPERTY);
    server.close();
  }
}
