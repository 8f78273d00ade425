package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.sql.explain.PlanText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Constructs that Calcite's grammar or validation do not have as they stand.
class SyntaxTest {
  private static String plan(String sql, Object... parameters) {
    return PlanText.text(new Planning().plan(sql, parameters)).replaceAll(" {2}\\{.*\\}", "");
  }

  @Test
  void semiAndAntiJoinsGiveTheLeftColumns() {
    assertThat(plan("select * from region left semi join nation on n_regionkey = r_regionkey"))
        .contains("semi: ")
        .isEqualTo(
            plan(
                "select * from region where exists"
                    + " (select 1 from nation where n_regionkey = r_regionkey)"));
    assertThat(
            plan(
                "select r_name from region left anti join nation"
                    + " on n_regionkey = r_regionkey and n_name > r_name"))
        .isEqualTo(
            plan(
                "select r_name from region where not exists"
                    + " (select 1 from nation"
                    + " where n_regionkey = r_regionkey and n_name > r_name)"));
  }

  @Test
  void aSemiJoinsUsingIsItsCondition() {
    assertThat(plan("select n_name from nation a left semi join nation as b using (n_nationkey)"))
        .contains("semi: n_nationkey = n_nationkey");
  }

  @Test
  void aSemiJoinThatIsNamedTwiceStaysOne() {
    assertThat(
            plan(
                "with q as (select r_regionkey from region left semi join nation"
                    + " on n_regionkey = r_regionkey)"
                    + " select a.r_regionkey from q a join q b on a.r_regionkey = b.r_regionkey"))
        .containsPattern("(?s)semi: .*semi: ");
  }

  @Test
  void theRightOfASemiJoinIsOutOfSight() {
    assertThatThrownBy(() -> plan("select b.n_name from nation a left semi join nation b on true"))
        .isInstanceOf(FrazilException.class)
        .hasMessageStartingWith("line 1:8: Table 'b' does not exist");
  }

  @Test
  void rowsAreComparedColumnByColumn() {
    assertThat(plan("select 1 from nation where (n_regionkey, n_nationkey) < (2, 7)"))
        .contains("n_regionkey < 2 or n_regionkey = 2 and n_nationkey < 7");
    assertThat(plan("select 1 from nation where (n_regionkey, n_nationkey) <> (2, 7)"))
        .contains("n_regionkey <> 2 or n_nationkey <> 7");
    assertThat(plan("select 1 from nation where (n_regionkey, n_nationkey) = (2, 7)"))
        .contains("n_regionkey = 2; n_nationkey = 7");
  }

  @Test
  void aConditionNeedsNoTable() {
    assertThat(plan("select 1 as x where 1 = 0")).isEqualTo("#0 Values(0)\n");
    assertThat(plan("select 1 as x where 1 = 1")).contains("Values(1)");
  }

  @Test
  void aLimitInsideExistsMakesNoDifference() {
    assertThat(
            plan(
                "select r_name from region where exists (select 1 from nation"
                    + " where n_regionkey = r_regionkey order by n_name limit 3)"))
        .isEqualTo(
            plan(
                "select r_name from region where exists (select 1 from nation"
                    + " where n_regionkey = r_regionkey)"));
  }

  @Test
  void severalColumnsAreCountedWhereNoneIsNull() {
    assertThat(plan("select count(n_name, n_regionkey) from nation")).contains("count(");
    assertThat(plan("select count(distinct n_name, n_regionkey) from nation"))
        .containsPattern("HashAggregate\\(by n_\\w+, n_\\w+\\)");
  }

  @Test
  void timesOfVersionsAreConstantExpressions() {
    assertThat(asOf("timestamp '2020-01-01 12:00:00'")).isEqualTo("2020-01-01T12:00:00Z");
    assertThat(asOf("date '2020-01-05' - 3")).isEqualTo("2020-01-02T00:00:00Z");
    assertThat(asOf("date '2020-01-05' - interval '1' month")).isEqualTo("2019-12-05T00:00:00Z");
    assertThat(asOf("current_timestamp")).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(asOf("?", "2020-01-05")).isEqualTo("2020-01-05T00:00:00Z");
  }

  @Test
  void timesOfVersionsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> asOf("3 + 4"))
        .isInstanceOf(FrazilException.class)
        .hasMessage("line 1:45: FOR TIMESTAMP AS OF takes a constant timestamp");
    assertThatThrownBy(() -> asOf("x"))
        .isInstanceOf(FrazilException.class)
        .hasMessage("line 1:45: Column 'x' cannot be resolved.");
  }

  /// At which time a query asks for a table.
  private static String asOf(String time, Object... parameters) {
    var asked = new ArrayList<TableVersion>();
    TableProvider table =
        new TpchCatalog().table("tpch", "nation", TableVersion.CURRENT).orElseThrow();
    var catalog =
        new CatalogProvider() {
          @Override
          public List<String> schemas() {
            return List.of("s");
          }

          @Override
          public List<String> tables(String schema) {
            return List.of("t");
          }

          @Override
          public Optional<TableProvider> table(String schema, String name, TableVersion version) {
            asked.add(version);
            return Optional.of(table);
          }
        };
    PlannedQuery planned =
        new Planning()
            .with("other", catalog)
            .plan("select 1 from other.s.t for timestamp as of " + time, parameters);
    assertThat(planned.root().inputs()).first().isInstanceOf(TableScan.class);
    var at = (TableVersion.AsOf) asked.getFirst();
    return Instant.EPOCH.plusNanos(Math.multiplyExact(at.micros(), 1000L)).toString();
  }
}
