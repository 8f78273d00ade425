package io.frazil.iceberg;

import io.frazil.engine.store.ObjectStore;
import io.frazil.iceberg.store.NamedFileIO;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.aws.AwsProperties;
import org.apache.iceberg.aws.HttpClientProperties;
import org.apache.iceberg.aws.glue.GlueCatalog;

/// Iceberg tables that AWS Glue lists, in the account and region that the environment names; its
/// databases are the schemas. Of Amazon's clients it starts Glue's alone: files go through the
/// given store.
///
/// Two commits to a table are told apart by Glue's version of it, so that neither is lost.
public final class GlueWarehouse {
  private static final String CATALOG = "glue";

  private GlueWarehouse() {}

  /// Opens it, without a request. The caller closes it.
  ///
  /// @param warehouse where the tables of a database lie that has no location of its own
  /// @param endpoint a Glue other than the region's own
  public static IcebergCatalog open(
      ObjectStore store, Optional<String> warehouse, Optional<URI> endpoint) {
    NamedFileIO.Name name = NamedFileIO.leave(store);
    var properties = new HashMap<String, String>(name.properties());
    properties.put(
        HttpClientProperties.CLIENT_TYPE, HttpClientProperties.CLIENT_TYPE_URLCONNECTION);
    warehouse.ifPresent(w -> properties.put(CatalogProperties.WAREHOUSE_LOCATION, w));
    endpoint.ifPresent(e -> properties.put(AwsProperties.GLUE_CATALOG_ENDPOINT, e.toString()));
    var catalog = new GlueCatalog();
    IcebergFailure.translating(() -> catalog.initialize(CATALOG, Map.copyOf(properties)));
    return new IcebergCatalog(Connection.lasting(catalog), store, _ -> {}, name::close);
  }
}
