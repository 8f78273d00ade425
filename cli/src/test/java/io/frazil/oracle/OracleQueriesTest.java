package io.frazil.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.cli.CliSession;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.iceberg.TableImport;
import io.frazil.session.QueryHandle;
import io.frazil.session.SqlSession;
import io.frazil.sql.parser.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `queries.sql`, each on both engines, over files that DuckDB wrote.
final class OracleQueriesTest {
  private static final List<String> TABLES = List.of("t", "u", "extremes", "one", "nothing");
  private static final Pattern ORDER = Pattern.compile("ORDER BY ([0-9A-Z, ]+?)(?: LIMIT.*)?$");

  @TempDir private static Path folder;
  private static DuckDbOracle oracle;
  private static IcebergCatalog warehouse;

  @BeforeAll
  static void makeTables() {
    oracle = new DuckDbOracle();
    Script.split(resource("setup.sql")).forEach(oracle::execute);
    warehouse = LocalWarehouse.open(folder.resolve("warehouse"));
    for (String table : TABLES) {
      Path file = folder.resolve(table + ".parquet");
      oracle.execute("COPY " + table + " TO '" + file + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
      TableImport.into(warehouse, new LocalObjectStore())
          .create(LocalWarehouse.DEFAULT_SCHEMA, table, List.of(file.toString()));
    }
  }

  @AfterAll
  static void close() {
    warehouse.close();
    oracle.close();
  }

  @TestFactory
  Stream<DynamicTest> embeddedOnOneThread() {
    return queries(new Setting(1, 0));
  }

  @TestFactory
  Stream<DynamicTest> embeddedOnThreeThreads() {
    return queries(new Setting(3, 0));
  }

  @TestFactory
  Stream<DynamicTest> onFourWorkers() {
    return queries(new Setting(1, 4));
  }

  /// Keys of several rows, of which outer rows have some: DuckDB's error is another.
  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void aCorrelatedSubqueryOfSeveralRowsIsAnError(int workers) {
    try (CliSession open = new Setting(1, workers).open(warehouse)) {
      assertThatThrownBy(() ->
              run(
                  open.session(),
                  "SELECT id, (SELECT u.id FROM u WHERE u.k = t.id) FROM t WHERE t.id < 50"))
          .isInstanceOfSatisfying(
              FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SUBQUERY_ROWS));
    }
  }

  /// A constant beyond REAL, which DuckDB refuses, is what the same value of a column is.
  @Test
  void constantsBeyondRealAreInfinite() {
    try (CliSession open = new Setting(1, 0).open(warehouse)) {
      String sql =
          "SELECT CAST(CAST(1e39 AS REAL) AS DOUBLE), CAST(CAST(d * 1e39 AS REAL) AS DOUBLE)"
              + " FROM t WHERE d = 1.0";
      assertThat(run(open.session(), sql).rows().getFirst())
          .containsExactly(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
  }

  /// DuckDB's semi and anti joins are written otherwise: what they say is asked by EXISTS.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SEMI | t.k IN (SELECT k FROM u)",
        "SEMI | t.k NOT IN (SELECT k FROM u WHERE k > 3)",
        "SEMI | u.k IN (SELECT k FROM t WHERE k > 3)",
        "SEMI | EXISTS (SELECT 1 FROM one WHERE answer = t.id)",
        "ANTI | t.k IN (SELECT k FROM u WHERE k > 3)",
        "ANTI | t.k NOT IN (SELECT k FROM u)",
        "ANTI | t.k > (SELECT min(z.k) FROM u AS z WHERE z.k = t.k - 1)"
      })
  void conditionsOfSemiJoinsMayHoldSubqueries(String type, String condition) {
    String ours = "SELECT t.id FROM t LEFT " + type + " JOIN u ON t.id = u.id AND " + condition;
    String theirs =
        "SELECT t.id FROM t WHERE %sEXISTS (SELECT 1 FROM u WHERE t.id = u.id AND %s)"
            .formatted(type.equals("ANTI") ? "NOT " : "", condition);
    try (CliSession open = new Setting(1, 0).open(warehouse)) {
      Answers.assertSameRows(ours, run(open.session(), ours), oracle.query(theirs));
    }
  }

  private static Stream<DynamicTest> queries(Setting setting) {
    CliSession open = setting.open(warehouse);
    return Script.split(resource("queries.sql")).stream()
        .map(String::strip)
        .map(sql -> DynamicTest.dynamicTest(sql, () -> compare(open.session(), sql)))
        .onClose(open::close);
  }

  private static void compare(SqlSession session, String sql) {
    Answer theirs = oracle.query(sql);
    Answer ours = run(session, sql);
    List<Integer> keys = order(sql);
    if (keys.isEmpty()) {
      Answers.assertSameRows(sql, ours, theirs);
    } else {
      Answers.assertSameOrder(sql, ours, theirs, keys, sql.contains(" LIMIT "));
    }
  }

  static Answer run(SqlSession session, String sql) {
    try (QueryHandle query = session.sql(sql)) {
      return new Answer(query.schema().fields().stream().map(f -> f.name()).toList(), query.rows());
    }
  }

  /// The columns of a final ORDER BY, which these queries give by number.
  private static List<Integer> order(String sql) {
    Matcher order = ORDER.matcher(sql);
    var keys = new ArrayList<Integer>();
    if (order.find()) {
      for (String key : order.group(1).split(",")) {
        keys.add(Integer.parseInt(key.strip().split(" ")[0]) - 1);
      }
    }
    return keys;
  }

  private static String resource(String name) {
    try (InputStream in = OracleQueriesTest.class.getResourceAsStream("/oracle/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
