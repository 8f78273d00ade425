package io.frazil.coordinator.prime;

import io.frazil.s3.loopback.LoopbackServer;
import io.frazil.s3.loopback.LoopbackServer.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A Lambda whose functions are all one, of this process.
public final class LoopbackLambda implements AutoCloseable {
  private static final String LOG =
      "REPORT RequestId: 1\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 1769 MB\n";
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type",
          "application/json",
          "X-Amz-Executed-Version",
          "1",
          "X-Amz-Log-Result",
          Base64.getEncoder().encodeToString(LOG.getBytes(StandardCharsets.UTF_8)));

  private final LoopbackServer server;

  /// @param function from a payload to what is answered; safe for use by many threads
  public LoopbackLambda(UnaryOperator<byte[]> function) {
    this.server =
        LoopbackServer.start(request -> Answer.of(HEADERS, function.apply(request.body())));
  }

  public URI endpoint() {
    return URI.create("http://" + server.address());
  }

  @Override
  public void close() {
    server.close();
  }
}
