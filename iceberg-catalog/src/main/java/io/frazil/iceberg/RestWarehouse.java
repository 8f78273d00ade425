package io.frazil.iceberg;

import io.frazil.engine.store.ObjectStore;
import io.frazil.iceberg.store.StoreFileIO;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.aws.AwsProperties;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.rest.RESTClient;
import org.apache.iceberg.rest.RESTSessionCatalog;
import org.apache.iceberg.rest.auth.AuthProperties;

/// Iceberg tables that a server lists which speaks Iceberg's REST protocol. Files go through the
/// given store and with its credentials: those that a server hands out for a table are not used.
public final class RestWarehouse {
  private static final String CATALOG = "rest";

  private RestWarehouse() {}

  /// Connects to a server. The caller closes it.
  ///
  /// @param warehouse which of the server's, where it has several
  /// @param secrets how to prove who asks, in Iceberg's words: `token`, or `credential` (as
  ///   `id:secret`) with `oauth2-server-uri` and `scope`; empty for a server that does not ask
  public static IcebergCatalog open(
      ObjectStore store, URI server, Optional<String> warehouse, Map<String, String> secrets) {
    var properties = new HashMap<>(secrets);
    properties.put(CatalogProperties.URI, server.toString());
    warehouse.ifPresent(w -> properties.put(CatalogProperties.WAREHOUSE_LOCATION, w));
    return connect(store, properties);
  }

  /// Connects to a table bucket of S3 Tables. The caller closes it.
  ///
  /// @param bucket the bucket's ARN
  /// @param server another address than the region's own
  public static IcebergCatalog s3Tables(
      ObjectStore store, String region, String bucket, Optional<URI> server) {
    String address =
        server.map(URI::toString).orElse("https://s3tables." + region + ".amazonaws.com/iceberg");
    return connect(
        store,
        Map.of(
            CatalogProperties.URI,
            address,
            CatalogProperties.WAREHOUSE_LOCATION,
            bucket,
            AuthProperties.AUTH_TYPE,
            AuthProperties.AUTH_TYPE_SIGV4,
            AwsProperties.REST_SIGNING_NAME,
            "s3tables",
            AwsProperties.REST_SIGNER_REGION,
            region));
  }

  private static IcebergCatalog connect(ObjectStore store, Map<String, String> properties) {
    var catalog = new StoreCatalog(store);
    IcebergFailure.translating(() -> catalog.initialize(CATALOG, Map.copyOf(properties)));
    return new IcebergCatalog(catalog, store);
  }

  private static final class StoreCatalog extends RESTCatalog {
    private final ObjectStore store;

    StoreCatalog(ObjectStore store) {
      this.store = store;
    }

    // Called before the store is set; what it makes asks for the store later.
    @Override
    protected RESTSessionCatalog newSessionCatalog(
        Function<Map<String, String>, RESTClient> clients) {
      return new RESTSessionCatalog(clients, (_, _) -> new StoreFileIO(store));
    }
  }
}
