package io.frazil.cli.tpch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.type.Types;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TpchGeneratorTest {
  private static final TpchProgress UNSEEN = (_, _, _) -> {};

  @TempDir Path folder;

  private static TpchGenerator generator(IcebergCatalog catalog, double scale, int threads) {
    return new TpchGenerator(catalog, "main", scale, OptionalInt.empty(), threads);
  }

  private static TableProvider table(IcebergCatalog catalog, String name) {
    return catalog.table("main", name, TableVersion.CURRENT).orElseThrow();
  }

  private static String query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /// A number that depends on every value of every row of a table and not on their order.
  private static String checksum(Path warehouse, String table) throws SQLException {
    return query(
        "SELECT count(*) || ' ' || sum(hash(t)::hugeint %% 1000003) FROM read_parquet('%s') t"
            .formatted(warehouse.resolve("main").resolve(table).resolve("data/*.parquet")));
  }

  /// The checksums are those of the files that the Rust port of the benchmark's generator writes.
  @Test
  void rowsAreThoseOfTheBenchmark() throws SQLException {
    try (IcebergCatalog catalog = LocalWarehouse.open(folder)) {
      assertThat(generator(catalog, 0.01, 3).generate(UNSEEN, new Cancellation()))
          .containsExactly(
              "region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem");
      Map<String, String> sums = new TreeMap<>();
      for (String table : catalog.tables("main")) {
        sums.put(table, checksum(folder, table));
      }
      assertThat(sums)
          .isEqualTo(
              Map.of(
                  "customer", "1500 759107100",
                  "lineitem", "60175 30212478659",
                  "nation", "25 11384049",
                  "orders", "15000 7452498063",
                  "part", "2000 995532903",
                  "partsupp", "8000 4014789721",
                  "region", "5 3017176",
                  "supplier", "100 50071375"));
      datesPrune(catalog);
      assertThat(table(catalog, "lineitem").statistics().rows()).isEqualTo(Statistic.exact(60175));
      assertThat(table(catalog, "lineitem").statistics().columns().get(14).distinct())
          .isEqualTo(Statistic.estimate(7));
      assertThat(generator(catalog, 0.01, 1).generate(UNSEEN, new Cancellation())).isEmpty();
      assertThatThrownBy(() -> generator(catalog, 0.02, 1).generate(UNSEEN, new Cancellation()))
          .hasMessage(
              "Table 'main.supplier' already exists with 100 rows and is not TPC-H's at scale"
                  + " 0.02; drop it or use another warehouse");
    }
  }

  private static void datesPrune(IcebergCatalog catalog) {
    TableProvider lines = table(catalog, "lineitem");
    ScanPlan year =
        lines.scan(
            new ScanRequest(
                List.of(10),
                List.of(
                    dateFilter(10, ComparisonOperator.GREATER_OR_EQUAL, "1994-01-01"),
                    dateFilter(10, ComparisonOperator.LESS, "1995-01-01")),
                null));
    assertThat(year.files()).isEqualTo(7);
    assertThat(year.filesPruned()).isEqualTo(6);
    ScanPlan first =
        table(catalog, "orders")
            .scan(
                new ScanRequest(
                    List.of(4),
                    List.of(dateFilter(4, ComparisonOperator.LESS, "1992-03-01")),
                    null));
    assertThat(first.filesPruned()).isEqualTo(6);
  }

  private static Expression dateFilter(int column, ComparisonOperator operator, String date) {
    return new Expression.Comparison(
        operator,
        new Expression.Column(column, "date", Types.DATE, false),
        new Expression.Literal(LocalDate.parse(date).toEpochDay(), Types.DATE));
  }

  @Test
  void rowsDependOnTheScaleAloneAndFilesOnTheHint() throws SQLException {
    Path other = folder.resolve("other");
    try (IcebergCatalog one = LocalWarehouse.open(folder);
        IcebergCatalog two = LocalWarehouse.open(other)) {
      Map<String, Long> progress = new ConcurrentHashMap<>();
      generator(one, 0.001, 1)
          .generate((table, done, _) -> progress.put(table, done), new Cancellation());
      new TpchGenerator(two, "main", 0.001, OptionalInt.of(2), 4)
          .generate(UNSEEN, new Cancellation());
      for (String table : one.tables("main")) {
        assertThat(checksum(folder, table)).isEqualTo(checksum(other, table));
      }
      assertThat(progress).hasSize(8).containsEntry("lineitem", 6005L);
      var all = new ScanRequest(List.of(0), List.of(), null);
      assertThat(table(two, "lineitem").scan(all).files()).isEqualTo(2);
      assertThat(table(one, "lineitem").scan(all).files()).isEqualTo(7);
    }
  }

  @Test
  void cancelledGenerationLeavesNoHalfTable() {
    try (IcebergCatalog catalog = LocalWarehouse.open(folder)) {
      var cancellation = new Cancellation();
      TpchProgress cancelling =
          (table, _, _) -> {
            if (table.equals("lineitem")) {
              cancellation.cancel();
            }
          };
      assertThatThrownBy(() -> generator(catalog, 0.001, 2).generate(cancelling, cancellation))
          .hasMessage("The query was cancelled");
      assertThat(catalog.tables("main")).hasSize(7).doesNotContain("lineitem");
      assertThat(Files.exists(folder.resolve("main").resolve("lineitem"))).isFalse();
      assertThat(generator(catalog, 0.001, 2).generate(UNSEEN, new Cancellation()))
          .containsExactly("lineitem");
    }
  }

  @Test
  void scalesBelowTheSmallestAreRejected() {
    try (IcebergCatalog catalog = LocalWarehouse.open(folder)) {
      assertThatThrownBy(() -> generator(catalog, 0.0001, 1))
          .hasMessage("the scale of TPC-H is a number of at least 0.001, not 1.0E-4");
      assertThatThrownBy(() -> generator(catalog, Double.NaN, 1))
          .hasMessage("the scale of TPC-H is a number of at least 0.001, not NaN");
      assertThatThrownBy(() -> new TpchGenerator(catalog, "main", 1, OptionalInt.of(0), 1))
          .hasMessage("a table has at least one file, not 0");
    }
  }
}
