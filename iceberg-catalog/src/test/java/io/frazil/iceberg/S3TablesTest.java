package io.frazil.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.provider.Statistic;
import io.frazil.engine.provider.TableAppend;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told apart of S3 Tables: requests are signed, and no table can be staged. Before a
/// server that is Iceberg's own otherwise.
class S3TablesTest {
  private static final Schema COLUMNS = Schema.of(new Field("id", Types.BIGINT, false));
  private static final Map<String, String> CREDENTIALS =
      Map.of("aws.accessKeyId", "AKIDEXAMPLE", "aws.secretAccessKey", "secret");

  @TempDir Path folder;

  private RestServer server;
  private IcebergCatalog catalog;

  @BeforeEach
  void start() throws Exception {
    CREDENTIALS.forEach(System::setProperty);
    server = RestServer.before(LocalWarehouse.open(folder));
    server.refuseStages();
    catalog =
        RestWarehouse.s3Tables(
            new LocalObjectStore(),
            "eu-central-1",
            "arn:aws:s3tables:eu-central-1:123456789012:bucket/tables",
            server.uri());
  }

  @AfterEach
  void stop() {
    catalog.close();
    server.close();
    CREDENTIALS.keySet().forEach(System::clearProperty);
  }

  @Test
  void requestsAreSigned() {
    assertThat(catalog.schemas()).containsExactly("main");
    assertThat(server.authorizations())
        .isNotEmpty()
        .allMatch(authorization ->
            authorization.matches(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/[0-9]{8}/eu-central-1/s3tables/"
                    + "aws4_request, SignedHeaders=.*, Signature=[0-9a-f]{64}"));
  }

  @Test
  void aTableIsMadeOfRows() {
    Rows.create(catalog, "t", COLUMNS, List.of(Rows.row(1L), Rows.row(2L)));
    assertThat(catalog.table("main", "t", TableVersion.CURRENT).orElseThrow().statistics().rows())
        .isEqualTo(Statistic.exact(2));
  }

  @Test
  void aTableWhoseRowsDoNotComeIsDropped() {
    try (TableAppend append = catalog.createTableAs("main", "t", COLUMNS)) {
      Rows.write(append, COLUMNS, List.of(Rows.row(1L)));
    }
    assertThat(catalog.table("main", "t", TableVersion.CURRENT)).isEmpty();
  }

  @Test
  void anothersTableOfTheSameNameStays() {
    try (IcebergCatalog other = LocalWarehouse.open(folder)) {
      try (TableAppend append = catalog.createTableAs("main", "t", COLUMNS)) {
        Rows.write(append, COLUMNS, List.of(Rows.row(1L)));
        other.dropTable("main", "t");
        other.createTable("main", "t", COLUMNS);
        assertThatThrownBy(append::commit).isInstanceOf(RuntimeException.class);
      }
      assertThat(other.tables("main")).containsExactly("t");
    }
  }
}
