package io.frazil.coordinator.prime;

import io.frazil.iceberg.MemoryRest;
import io.frazil.s3.loopback.LoopbackServer;
import io.frazil.s3.loopback.LoopbackServer.Answer;
import io.frazil.s3.loopback.LoopbackServer.Request;
import java.net.URI;
import java.util.Map;

/// A server of Iceberg's REST protocol, which takes everybody for whom they say they are.
public final class LoopbackRest implements AutoCloseable {
  private final MemoryRest tables;
  private final LoopbackServer server;

  /// @param location under which its tables lie
  public LoopbackRest(String location) {
    this.tables = new MemoryRest(location);
    this.server = LoopbackServer.start(this::answer);
  }

  public URI endpoint() {
    return URI.create("http://" + server.address());
  }

  @Override
  public void close() {
    server.close();
    tables.close();
  }

  private Answer answer(Request request) {
    MemoryRest.Reply reply = tables.answer(request.method(), request.path(), request.body());
    return new Answer(
        reply.status(),
        Map.of("Content-Type", "application/json"),
        reply.body(),
        0,
        reply.body().length);
  }
}
