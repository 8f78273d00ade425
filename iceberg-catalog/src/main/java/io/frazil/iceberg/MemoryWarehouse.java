package io.frazil.iceberg;

import io.frazil.engine.store.ObjectStore;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.inmemory.InMemoryCatalog;

/// Iceberg tables that this process alone knows and that end with it: their catalog and metadata
/// are in memory, their data in a store.
public final class MemoryWarehouse {
  private MemoryWarehouse() {}

  /// Makes an empty one. The caller closes it.
  ///
  /// @param store where the tables' data goes
  /// @param location under which it lies
  public static IcebergCatalog open(ObjectStore store, String location) {
    var catalog = new InMemoryCatalog();
    catalog.initialize("memory", Map.of(CatalogProperties.WAREHOUSE_LOCATION, location));
    return new IcebergCatalog(catalog, store);
  }
}
