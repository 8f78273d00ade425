package io.frazil.benchmarks.coldstart;

import io.frazil.cli.tpch.TpchGenerator;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.task.Cancellation;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.s3.S3ObjectStore;
import java.util.List;
import java.util.OptionalInt;

/// TPC-H's tables, of one file each.
final class Tables {
  static final String BUCKET = "s3://tables/";
  static final String SCHEMA = "main";
  static final String ARN = "arn:aws:s3:::tables";

  private Tables() {}

  static void generate(IcebergCatalog catalog, double scale) {
    catalog.createSchema(SCHEMA);
    List<String> _ =
        new TpchGenerator(catalog, SCHEMA, scale, OptionalInt.of(1), 2)
            .generate((_, _, _) -> {}, new Cancellation());
  }

  /// Where a table's only file is.
  static String file(String table, S3ObjectStore store) {
    return store.list(BUCKET).stream()
        .map(ObjectInfo::location)
        .filter(location -> location.endsWith(".parquet"))
        .filter(location -> location.contains("/" + table + "/"))
        .findFirst()
        .orElseThrow();
  }
}
