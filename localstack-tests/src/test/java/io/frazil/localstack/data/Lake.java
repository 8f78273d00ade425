package io.frazil.localstack.data;

import io.frazil.cli.tpch.TpchGenerator;
import io.frazil.engine.task.Cancellation;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.localstack.stack.Buckets;
import io.frazil.localstack.stack.LocalStack;
import io.frazil.oracle.TpchOracle;
import io.frazil.s3.S3ObjectStore;
import io.frazil.session.QueryHandle;
import io.frazil.session.SessionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import software.amazon.awssdk.services.s3.S3Client;

/// The tables that deployed functions read: TPC-H, small, in Glue's catalog and on S3. Beside them
/// lie the same files for DuckDB.
public final class Lake implements AutoCloseable {
  private static final double SCALE = 0.01;
  private static final int FILES = 4;
  private static final int THREADS = 2;
  private static final String SCHEMA = "default";

  private final Path copies;
  private final IcebergCatalog catalog;
  private final S3ObjectStore store;
  private final S3Client s3;
  private final String bucket;

  private Lake(
      Path copies, IcebergCatalog catalog, S3ObjectStore store, S3Client s3, String bucket) {
    this.copies = copies;
    this.catalog = catalog;
    this.store = store;
    this.s3 = s3;
    this.bucket = bucket;
  }

  /// @param warehouse below which the tables are to lie, `s3://` and all
  /// @param copies a folder for DuckDB's files
  public static Lake generate(LocalStack stack, String warehouse, Path copies) {
    S3ObjectStore store = Buckets.store(stack.endpoint());
    IcebergCatalog catalog = stack.glue().open(store, warehouse);
    catalog.createSchema(SCHEMA);
    new TpchGenerator(catalog, SCHEMA, SCALE, OptionalInt.of(FILES), THREADS)
        .generate((_, _, _) -> {}, new Cancellation());
    var lake = new Lake(copies, catalog, store, Buckets.client(stack), warehouse.split("/", -1)[2]);
    for (String table : TpchOracle.tables()) {
      lake.copy(table);
    }
    return lake;
  }

  private void copy(String table) {
    try {
      Path folder = Files.createDirectories(copies.resolve(table));
      for (String key : keys()) {
        if (key.contains("/" + table + "/data/")) {
          Path file = folder.resolve(key.substring(key.lastIndexOf('/') + 1));
          Files.write(file, s3.getObjectAsBytes(b -> b.bucket(bucket).key(key)).asByteArray());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> keys() {
    return s3.listObjectsV2Paginator(b -> b.bucket(bucket)).contents().stream()
        .map(object -> object.key())
        .toList();
  }

  /// The tables' objects, with their versions.
  public List<String> objects() {
    return s3.listObjectsV2Paginator(b -> b.bucket(bucket)).contents().stream()
        .map(object -> object.key() + " " + object.eTag())
        .toList();
  }

  /// What DuckDB answers over the same files.
  public TpchOracle oracle() {
    return TpchOracle.over(table -> copies.resolve(table).resolve("*.parquet"));
  }

  /// The first column of a statement's rows, by somebody else who has the same catalog.
  public List<?> execute(String statement) {
    try (SessionContext session =
            SessionContext.builder()
                .catalog("lake", catalog)
                .defaults("lake", SCHEMA)
                .store(store)
                .build();
        QueryHandle query = session.sql(statement)) {
      return query.rows().stream().map(row -> row.isEmpty() ? "" : row.getFirst()).toList();
    }
  }

  @Override
  public void close() {
    try (s3;
        store) {
      catalog.close();
    }
  }
}
