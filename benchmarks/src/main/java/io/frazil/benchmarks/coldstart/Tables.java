package io.frazil.benchmarks.coldstart;

import io.frazil.cli.tpch.TpchGenerator;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.task.Cancellation;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.s3.S3ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// TPC-H's tables: as a warehouse in a folder, and their files as objects on S3.
final class Tables {
  static final String BUCKET = "s3://tables/";
  static final String ARN = "arn:aws:s3:::tables";

  private Tables() {}

  static void generate(Path warehouse, double scale) {
    try (IcebergCatalog catalog = LocalWarehouse.open(warehouse)) {
      List<String> _ =
          new TpchGenerator(catalog, LocalWarehouse.DEFAULT_SCHEMA, scale, OptionalInt.of(1), 2)
              .generate((_, _, _) -> {}, new Cancellation());
    }
  }

  /// Puts a table's only file on S3.
  ///
  /// @return where it is
  static String upload(Path warehouse, String table, S3ObjectStore store) throws IOException {
    Path file;
    try (Stream<Path> files = Files.walk(warehouse)) {
      file =
          files
              .filter(f -> f.toString().endsWith(".parquet"))
              .filter(f -> f.toString().contains("/" + table + "/"))
              .findFirst()
              .orElseThrow();
    }
    String location = BUCKET + table + ".parquet";
    byte[] bytes = Files.readAllBytes(file);
    try (ObjectWriter writer = store.create(location)) {
      writer.write(bytes, 0, bytes.length);
      if (!writer.commit()) {
        throw new IllegalStateException(location + " exists");
      }
    }
    return location;
  }
}
