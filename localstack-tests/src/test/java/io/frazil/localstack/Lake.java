package io.frazil.localstack;

import io.frazil.cli.tpch.TpchGenerator;
import io.frazil.engine.task.Cancellation;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.oracle.TpchOracle;
import io.frazil.session.QueryHandle;
import io.frazil.session.SessionContext;
import java.nio.file.Path;
import java.util.OptionalInt;

/// The tables that deployed functions read: TPC-H, small.
final class Lake implements AutoCloseable {
  private static final double SCALE = 0.01;
  private static final int FILES = 4;
  private static final int THREADS = 2;

  private final Path folder;
  private final IcebergCatalog catalog;

  private Lake(Path folder, IcebergCatalog catalog) {
    this.folder = folder;
    this.catalog = catalog;
  }

  static Lake generate(Path folder) {
    IcebergCatalog catalog = LocalWarehouse.open(folder);
    new TpchGenerator(catalog, LocalWarehouse.DEFAULT_SCHEMA, SCALE, OptionalInt.of(FILES), THREADS)
        .generate((_, _, _) -> {}, new Cancellation());
    return new Lake(folder, catalog);
  }

  Path folder() {
    return folder;
  }

  /// What DuckDB answers over the same files.
  TpchOracle oracle() {
    return TpchOracle.over(table -> folder.resolve("main/" + table + "/data/*.parquet"));
  }

  /// Runs a statement, as somebody else does who has the same catalog.
  void execute(String statement) {
    try (SessionContext session =
            SessionContext.builder()
                .catalog("iceberg", catalog)
                .defaults("iceberg", LocalWarehouse.DEFAULT_SCHEMA)
                .build();
        QueryHandle query = session.sql(statement)) {
      query.rows();
    }
  }

  @Override
  public void close() {
    catalog.close();
  }
}
