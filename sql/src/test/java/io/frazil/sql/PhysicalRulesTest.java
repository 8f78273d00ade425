package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.sql.explain.PlanText;
import org.junit.jupiter.api.Test;

/// Each rewrite where it applies and where it must not.
class PhysicalRulesTest {
  private static String plan(String sql, Object... parameters) {
    return PlanText.text(new Planning().plan(sql, parameters)).replaceAll(" {2}\\{.*\\}", "");
  }

  @Test
  void aLimitReachesTheScan() {
    assertThat(plan("select upper(n_name) as n from nation limit 3 offset 1"))
        .isEqualTo(
            """
            #2 Project(upper(n_name) as n)
              #1 Limit(3 after 1)
                #0 TableScan(frazil.tpch.nation; [n_name]; limit 4)
            """);
  }

  @Test
  void aLimitStopsAtAnAggregate() {
    assertThat(plan("select n_regionkey, count(*) from nation group by n_regionkey limit 3"))
        .contains("TableScan(frazil.tpch.nation; [n_regionkey])");
  }

  @Test
  void aSelectiveBuildSideFiltersTheProbe() {
    assertThat(
            plan(
                "select n_name from nation join region on n_regionkey = r_regionkey"
                    + " where r_name = 'ASIA'"))
        .isEqualTo(
            """
            #2 HashJoin(inner: n_regionkey = r_regionkey; filter 0 from r_regionkey)
              #1 TableScan(frazil.tpch.nation; [n_name, n_regionkey]; n_regionkey in filter 0)
              #0 TableScan(frazil.tpch.region; [r_regionkey]; r_name = 'ASIA')
            """);
  }

  @Test
  void aWholeBuildSideFiltersNothing() {
    assertThat(plan("select n_name from nation join region on n_regionkey = r_regionkey"))
        .doesNotContain("filter");
  }

  @Test
  void rowsThatAnOuterJoinKeepsAreNotFiltered() {
    assertThat(
            plan(
                "select n_name, r_name from nation left join region"
                    + " on n_regionkey = r_regionkey and r_name = 'ASIA'"))
        .contains("HashJoin(left: n_regionkey = r_regionkey)")
        .doesNotContain("filter");
  }

  @Test
  void anOuterJoinBecomesInnerWhereItsNullsAreDropped() {
    assertThat(
            plan(
                "select n_name from nation left join region on n_regionkey = r_regionkey"
                    + " where r_name = 'ASIA'"))
        .contains("HashJoin(inner:");
  }

  @Test
  void whatIsCommonToAllBranchesBecomesTheKey() {
    assertThat(
            plan(
                "select n_name from nation, region where (n_regionkey = r_regionkey and n_nationkey"
                    + " = 1) or (n_regionkey = r_regionkey and r_name = 'ASIA')"))
        .contains("HashJoin(inner: n_regionkey = r_regionkey;");
  }

  @Test
  void branchesWithoutACommonPartAreNoKey() {
    assertThat(
            plan(
                "select n_name from nation, region"
                    + " where n_regionkey = r_regionkey or r_name = 'ASIA'"))
        .contains("NestedLoopJoin(inner; ");
  }

  @Test
  void aSmallSubplanIsNotShared() {
    assertThat(
            plan(
                "with q as (select n_regionkey, count(*) as c from nation group by n_regionkey)"
                    + " select * from q a join q b on a.n_regionkey = b.c"))
        .doesNotContain("Shared");
  }

  @Test
  void whatALimitLeavesIsSharedHoweverSmall() {
    assertThat(
            plan(
                "with q as (select n_nationkey, n_regionkey from nation limit 3)"
                    + " select a.n_regionkey from q a join q b on a.n_nationkey = b.n_nationkey"
                    + " where a.n_regionkey < 2"))
        .containsOnlyOnce("Limit(")
        .contains("Shared(0)");
  }

  @Test
  void aKnownValueReachesTheOtherSideOfAJoin() {
    assertThat(
            plan(
                "select l_quantity from orders, lineitem"
                    + " where l_orderkey = o_orderkey and o_orderkey = 7"))
        .contains("l_orderkey = 7)")
        .contains("o_orderkey = 7)");
  }

  @Test
  void parametersArePlannedAsIfWritten() {
    assertThat(plan("select n_name from nation where n_nationkey = ? or n_name = $2", 3, "PERU"))
        .contains("n_nationkey = 3 or n_name = 'PERU'");
  }

  @Test
  void aVersionIsPartOfTheTable() {
    assertThat(plan("select nation.n_name from nation for version as of 42"))
        .isEqualTo("#0 TableScan(frazil.tpch.nation@42; [n_name])\n");
  }

  @Test
  void aRemainderIsTakenBeforeItIsNarrowed() {
    assertThat(plan("select n_nationkey % 2 as r from nation"))
        .contains("cast(n_nationkey % 2 as integer) as r");
  }

  @Test
  void decimalsAreComparedWithoutLosingDigits() {
    assertThat(plan("select l_tax from lineitem where l_tax > 0.055"))
        .contains("cast(l_tax as decimal(16,3)) > 0.055");
  }
}
