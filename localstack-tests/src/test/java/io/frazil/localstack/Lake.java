package io.frazil.localstack;

import io.frazil.cli.tpch.TpchGenerator;
import io.frazil.engine.task.Cancellation;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.oracle.TpchOracle;
import io.frazil.session.QueryHandle;
import io.frazil.session.SessionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/// The tables that deployed functions read: TPC-H, small.
final class Lake implements AutoCloseable {
  private static final double SCALE = 0.01;
  private static final int FILES = 4;
  private static final int THREADS = 2;

  private final Path folder;
  private final IcebergCatalog catalog;

  private final S3Client s3;
  private final String bucket;

  private Lake(Path folder, IcebergCatalog catalog, S3Client s3, String bucket) {
    this.folder = folder;
    this.catalog = catalog;
    this.s3 = s3;
    this.bucket = bucket;
  }

  static Lake generate(LocalStack stack, Path folder) throws IOException {
    IcebergCatalog catalog = LocalWarehouse.open(folder);
    new TpchGenerator(catalog, LocalWarehouse.DEFAULT_SCHEMA, SCALE, OptionalInt.of(FILES), THREADS)
        .generate((_, _, _) -> {}, new Cancellation());
    var lake = new Lake(folder, catalog, Buckets.client(stack), Buckets.create(stack));
    lake.upload("orders");
    lake.upload("lineitem");
    return lake;
  }

  private void upload(String table) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("main/" + table + "/data"))) {
      for (Path file : files.toList()) {
        s3.putObject(b -> b.bucket(bucket).key(table + "/" + file.getFileName()), file);
      }
    }
  }

  /// Where all that may be read lies.
  String location() {
    return "s3://" + bucket + "/";
  }

  /// The tables' objects, with their versions.
  List<String> objects() {
    return s3.listObjectsV2Paginator(b -> b.bucket(bucket)).contents().stream()
        .map(object -> object.key() + " " + object.eTag())
        .toList();
  }

  /// A query of tables' names, over their objects.
  String over(String sql) {
    return sql.replace("FROM orders", "FROM 's3://" + bucket + "/orders/'")
        .replace("FROM lineitem", "FROM 's3://" + bucket + "/lineitem/'");
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
    try (s3) {
      catalog.close();
    }
  }
}
