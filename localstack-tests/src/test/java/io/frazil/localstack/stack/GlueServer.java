package io.frazil.localstack.stack;

import io.frazil.engine.store.ObjectStore;
import io.frazil.iceberg.GlueWarehouse;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.localstack.process.PythonServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;

/// A Glue of this test run's own: moto's server, which keeps databases and tables in memory.
public final class GlueServer implements AutoCloseable {
  private final PythonServer server;
  private final URI endpoint;

  private GlueServer(PythonServer server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  static GlueServer start() throws IOException {
    int port = PythonServer.freePort();
    var endpoint = URI.create("http://127.0.0.1:" + port);
    Path logs = LocalStack.logs();
    return new GlueServer(
        PythonServer.start(
            logs,
            logs.resolve("glue.log"),
            endpoint.resolve("/moto-api/data.json"),
            Map.of(),
            List.of("moto.server", "-H", "127.0.0.1", "-p", String.valueOf(port))),
        endpoint);
  }

  URI endpoint() {
    return endpoint;
  }

  /// The same catalog as deployed functions have, in this process.
  public IcebergCatalog open(ObjectStore store, String warehouse) {
    System.setProperty("aws.region", LocalStack.REGION);
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    return GlueWarehouse.open(store, Optional.of(warehouse), Optional.of(endpoint));
  }

  /// Lists an Iceberg table whose metadata is said to lie there.
  public void list(String database, String table, String metadata) {
    try (GlueClient glue = client()) {
      glue.createTable(t ->
          t.databaseName(database)
              .tableInput(i ->
                  i.name(table)
                      .tableType("EXTERNAL_TABLE")
                      .parameters(Map.of("table_type", "ICEBERG", "metadata_location", metadata))));
    }
  }

  /// Forgets a table.
  public void remove(String database, String table) {
    try (GlueClient glue = client()) {
      glue.deleteTable(t -> t.databaseName(database).name(table));
    }
  }

  private GlueClient client() {
    return GlueClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(LocalStack.REGION))
        .credentialsProvider(LocalStack.CREDENTIALS)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  @Override
  public void close() {
    server.close();
  }
}
