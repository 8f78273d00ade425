package io.frazil.session;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathAccessTest {
  private static final PathAccess LOGS = PathAccess.under("s3://lake/logs/, s3a://other");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://lake/logs/a.parquet",
        "s3a://lake/logs/*/b.parquet",
        "s3n://lake/logs/",
        "s3://other/anything",
        "s3://lake/logs/..a/b%2e%2e"
      })
  void whatLiesBelowIsRead(String path) {
    assertThatCode(() -> LOGS.check(path)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://lake/logs",
        "s3://lake/logs2/a.parquet",
        "s3://lake/log*/a.parquet",
        "s3://lake/logs/../secret/a.parquet",
        "s3://lake/logs/./../secret/a.parquet",
        "s3://lake/logs/..",
        "s3://lake/logs%2F../secret",
        "s3://lake-logs/a.parquet",
        "s3://lake@evil/logs/a.parquet",
        "s3://other.evil/a.parquet",
        "S3://lake/logs/a.parquet",
        "s3:/lake/logs/a.parquet",
        " s3://lake/logs/a.parquet",
        "s3://lake/logs/\n/a.parquet",
        "s3://lake/logs/..\\secret",
        "/etc/passwd",
        "etc/passwd",
        "../../etc/passwd",
        "file:/etc/passwd",
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "http://169.254.169.254/latest/meta-data",
        ""
      })
  void whatLiesElsewhereIsNot(String path) {
    assertThatThrownBy(() -> LOGS.check(path))
        .isInstanceOf(FrazilException.class)
        .hasMessage(
            ("'%s' may not be read: files can be read by path below s3://lake/logs/, s3://other/"
                    + " alone")
                .formatted(path))
        .extracting(e -> ((FrazilException) e).code())
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
  }

  @Test
  void withoutLocationsNothingIsReadByPath() {
    assertThatThrownBy(() -> PathAccess.under("").check("s3://lake/a.parquet"))
        .hasMessage(
            "'s3://lake/a.parquet' may not be read: files cannot be read by path here, only"
                + " tables");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/data", "data", "s3://", "s3:///x", "s3://a/../b", "file:/x"})
  void whatIsNoFolderOfAStoreIsRefused(String location) {
    assertThatThrownBy(() -> PathAccess.under(List.of(location)))
        .hasMessageEndingWith("it should be like s3://bucket/prefix/");
  }

  @Test
  void statementsAreAskedBeforeAnythingIsLookedUp() {
    try (SessionContext session = SessionContext.builder().paths(PathAccess.under("")).build()) {
      for (String path : List.of("/etc/*.parquet", "file:/etc/passwd", "s3://b/x.parquet")) {
        assertThatThrownBy(() -> session.sql("SELECT * FROM '" + path + "'"))
            .hasMessageContaining("may not be read");
        assertThatThrownBy(() -> session.sql("CREATE VIEW v AS SELECT * FROM '" + path + "'"))
            .hasMessageContaining("may not be read");
        assertThatThrownBy(() -> session.sql("EXPLAIN SELECT 1 IN (SELECT x FROM '" + path + "')"))
            .hasMessageContaining("may not be read");
        assertThatThrownBy(() -> session.sql("SELECT * FROM \"" + path + "\""))
            .isInstanceOf(FrazilException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t (a INTEGER)",
        "CREATE TABLE IF NOT EXISTS t AS SELECT 1 AS a",
        "INSERT INTO t VALUES (1)",
        "DROP TABLE IF EXISTS t",
        "CREATE SCHEMA s",
        "DROP SCHEMA s"
      })
  void aSessionThatOnlyReadsChangesNothing(String statement) {
    try (SessionContext session = SessionContext.builder().readOnly().build()) {
      assertThatThrownBy(() -> session.sql(statement))
          .hasMessage(
              "Statements that change tables are not allowed here: this deployment only reads");
      session.sql("CREATE VIEW v AS SELECT 1 AS a").close();
    }
  }
}
