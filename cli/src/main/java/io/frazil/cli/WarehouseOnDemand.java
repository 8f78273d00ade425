package io.frazil.cli;

import io.frazil.engine.provider.MutableCatalog;
import io.frazil.engine.provider.TableAppend;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.type.Schema;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The warehouse of a folder, which is made when something is put into it and not by looking: a
/// query over loose files, or a mistyped `--warehouse`, leaves no folder behind.
final class WarehouseOnDemand implements MutableCatalog, AutoCloseable {
  private final Path folder;
  private @Nullable IcebergCatalog opened;

  WarehouseOnDemand(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<String> schemas() {
    return isThere() ? open().schemas() : List.of(LocalWarehouse.DEFAULT_SCHEMA);
  }

  @Override
  public List<String> tables(String schema) {
    return isThere() ? open().tables(schema) : List.of();
  }

  @Override
  public Optional<TableProvider> table(String schema, String table, TableVersion version) {
    return isThere() ? open().table(schema, table, version) : Optional.empty();
  }

  @Override
  public void createSchema(String schema) {
    open().createSchema(schema);
  }

  @Override
  public void dropSchema(String schema) {
    open().dropSchema(schema);
  }

  @Override
  public void createTable(String schema, String table, Schema columns) {
    open().createTable(schema, table, columns);
  }

  @Override
  public void dropTable(String schema, String table) {
    open().dropTable(schema, table);
  }

  @Override
  public TableAppend append(String schema, String table) {
    return open().append(schema, table);
  }

  @Override
  public TableAppend createTableAs(String schema, String table, Schema columns) {
    return open().createTableAs(schema, table, columns);
  }

  private synchronized boolean isThere() {
    return opened != null || LocalWarehouse.exists(folder);
  }

  private synchronized IcebergCatalog open() {
    IcebergCatalog catalog = opened;
    if (catalog == null) {
      catalog = LocalWarehouse.open(folder);
      opened = catalog;
    }
    return catalog;
  }

  @Override
  public synchronized void close() {
    if (opened != null) {
      opened.close();
    }
  }
}
