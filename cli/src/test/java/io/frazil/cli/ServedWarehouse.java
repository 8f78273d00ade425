package io.frazil.cli;

import io.frazil.cli.serve.Admission;
import io.frazil.cli.serve.LocalServer;
import io.frazil.engine.memory.MemoryPool;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A Frazil elsewhere, with a warehouse of its own: what `frazil serve` answers with, in this
/// process.
public final class ServedWarehouse implements AutoCloseable {
  private final LocalDeployment deployment;
  private final LocalServer server;

  /// @param folder of the warehouse
  /// @param token what requests have to show; null for nothing
  public ServedWarehouse(Path folder, @Nullable String token) {
    var catalog = new WarehouseOnDemand(folder);
    var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    deployment =
        CliSession.deployment(
            catalog, 0, new CliSession.Resources(2, new MemoryPool(256 << 20)), catalog::close);
    server =
        LocalServer.start(any, deployment.http(), deployment.downloads(), Admission.at(any, token));
  }

  int port() {
    return server.port();
  }

  /// Its URL.
  public String endpoint() {
    return "http://localhost:" + port();
  }

  @Override
  public void close() {
    server.close();
    deployment.close();
  }
}
