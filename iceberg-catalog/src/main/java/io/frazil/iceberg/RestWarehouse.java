package io.frazil.iceberg;

import io.frazil.engine.store.ObjectStore;
import io.frazil.iceberg.store.StoreFileIO;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
  /// @param latest the same as it is then, once the server no longer takes what it was shown
  public static IcebergCatalog open(
      ObjectStore store,
      URI server,
      Optional<String> warehouse,
      Map<String, String> secrets,
      Supplier<Map<String, String>> latest) {
    Function<Map<String, String>, Connection.Opened> opening =
        known -> Connection.Opened.of(connect(store, properties(server, warehouse, known)));
    Connection.Opened first = IcebergFailure.translating(() -> opening.apply(secrets));
    return new IcebergCatalog(
        Connection.renewed(first, () -> opening.apply(latest.get()), InstantSource.system()),
        store);
  }

  private static Map<String, String> properties(
      URI server, Optional<String> warehouse, Map<String, String> secrets) {
    var properties = new HashMap<>(secrets);
    properties.put(CatalogProperties.URI, server.toString());
    warehouse.ifPresent(w -> properties.put(CatalogProperties.WAREHOUSE_LOCATION, w));
    return properties;
  }

  /// Connects to a table bucket of S3 Tables. The caller closes it.
  ///
  /// It takes no staged tables (Amazon S3's user guide, "Accessing tables using the Amazon S3
  /// Tables Iceberg REST endpoint"): CREATE TABLE AS makes the table before its rows.
  ///
  /// @param bucket the bucket's ARN
  /// @param server which speaks the protocol for S3 Tables
  public static IcebergCatalog s3Tables(
      ObjectStore store, String region, String bucket, URI server) {
    Map<String, String> properties =
        Map.of(
            CatalogProperties.URI,
            server.toString(),
            CatalogProperties.WAREHOUSE_LOCATION,
            bucket,
            AuthProperties.AUTH_TYPE,
            AuthProperties.AUTH_TYPE_SIGV4,
            AwsProperties.REST_SIGNING_NAME,
            "s3tables",
            AwsProperties.REST_SIGNER_REGION,
            region);
    StoreCatalog catalog = IcebergFailure.translating(() -> connect(store, properties));
    return new IcebergCatalog(Connection.lasting(catalog), store, false);
  }

  private static StoreCatalog connect(ObjectStore store, Map<String, String> properties) {
    var catalog = new StoreCatalog(store);
    catalog.initialize(CATALOG, Map.copyOf(properties));
    return catalog;
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
