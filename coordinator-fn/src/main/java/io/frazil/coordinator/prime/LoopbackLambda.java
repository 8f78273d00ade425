package io.frazil.coordinator.prime;

import io.frazil.s3.loopback.LoopbackServer;
import io.frazil.s3.loopback.LoopbackServer.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// A Lambda whose functions all answer at once, and the same.
final class LoopbackLambda implements AutoCloseable {
  private static final String LOG =
      "REPORT RequestId: 1\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 1769 MB\n";
  private static final byte[] ANSWER = {'{', '}'};

  private final LoopbackServer server =
      LoopbackServer.start(_ ->
          Answer.of(
              Map.of(
                  "Content-Type",
                  "application/json",
                  "X-Amz-Executed-Version",
                  "1",
                  "X-Amz-Log-Result",
                  Base64.getEncoder().encodeToString(LOG.getBytes(StandardCharsets.UTF_8))),
              ANSWER));

  URI endpoint() {
    return URI.create("http://" + server.address());
  }

  @Override
  public void close() {
    server.close();
  }
}
