package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.HashJoin;
import io.frazil.engine.plan.PhysicalPlan.NestedLoopJoin;
import io.frazil.engine.plan.PhysicalPlan.Shared;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.sql.explain.PlanText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The 22 queries of TPC-H, planned with the statistics of scale 1.
class TpchPlanTest {
  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
  void everyNodeIsEstimatedAndEveryScanHasItsTable(int query) {
    PlannedQuery planned = Planning.tpch(query);
    for (PhysicalPlan node : nodes(planned.root())) {
      assertThat(planned.estimates()).containsKey(node.id());
      if (node instanceof TableScan) {
        assertThat(planned.tables()).containsKey(node.id());
      }
    }
    assertThat(planned.schema()).isEqualTo(planned.root().schema());
  }

  /// Only uncorrelated scalar subqueries are compared without a key.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21})
  void joinsHaveKeys(int query) {
    assertThat(nodes(Planning.tpch(query).root()))
        .noneMatch(NestedLoopJoin.class::isInstance)
        .anyMatch(HashJoin.class::isInstance);
  }

  @Test
  void q1ReadsOnlyWhatItNeeds() {
    assertThat(PlanText.text(Planning.tpch(1)).lines().skip(3).findFirst())
        .hasValue(
            "      #0 TableScan(frazil.tpch.lineitem; [l_quantity, l_extendedprice, l_discount,"
                + " l_tax, l_returnflag, l_linestatus]; l_shipdate <= date '1998-09-02')"
                + "  {5,787,310 rows: filtered row count of frazil.tpch.lineitem}");
  }

  @Test
  void q6IsOneScan() {
    assertThat(PlanText.text(Planning.tpch(6)))
        .isEqualTo(
            """
            #2 HashAggregate(sum($f0))  {1 rows: one group}
              #1 Project(l_extendedprice * l_discount as $f0)  {81,439 rows: filtered row count of \
            frazil.tpch.lineitem}
                #0 TableScan(frazil.tpch.lineitem; [l_extendedprice, l_discount]; l_shipdate >= \
            date '1994-01-01'; l_shipdate < date '1995-01-01'; l_discount >= 0.05; \
            l_discount <= 0.07; l_quantity < 24.00)  {81,439 rows: filtered row \
            count of frazil.tpch.lineitem}
            """);
  }

  @Test
  void q3BuildsTheSmallerSidesAndFiltersTheProbes() {
    assertThat(PlanText.text(Planning.tpch(3)).replaceAll(" {2}\\{.*\\}", ""))
        .isEqualTo(
            """
            #8 Project(l_orderkey, revenue, o_orderdate, o_shippriority)
              #7 TopN(10 by revenue desc, o_orderdate)
                #6 HashAggregate(by l_orderkey, o_orderdate, o_shippriority; sum($f3))
                  #5 Project(l_orderkey, o_orderdate, o_shippriority, l_extendedprice * (1 - \
            l_discount) as $f3)
                    #4 HashJoin(inner: l_orderkey = o_orderkey; filter 1 from o_orderkey)
                      #0 TableScan(frazil.tpch.lineitem; [l_orderkey, l_extendedprice, \
            l_discount]; l_shipdate > date '1995-03-15'; l_orderkey in filter 1)
                      #3 HashJoin(inner: o_custkey = c_custkey; filter 0 from c_custkey)
                        #1 TableScan(frazil.tpch.orders; [o_orderkey, o_custkey, o_orderdate, \
            o_shippriority]; o_orderdate < date '1995-03-15'; o_custkey in filter 0)
                        #2 TableScan(frazil.tpch.customer; [c_custkey]; c_mktsegment = 'BUILDING')
            """);
  }

  @Test
  void q11AndQ15RunTheirCommonSubplanOnce() {
    for (int query : new int[] {11, 15}) {
      List<PhysicalPlan> shared =
          nodes(Planning.tpch(query).root()).stream().filter(Shared.class::isInstance).toList();
      assertThat(shared).hasSize(2);
      assertThat(shared.get(0).inputs()).isEqualTo(shared.get(1).inputs());
    }
  }

  @Test
  void q21ScansLineitemThreeTimesAndNoMore() {
    assertThat(PlanText.text(Planning.tpch(21)).lines())
        .filteredOn(line -> line.contains("TableScan(frazil.tpch.lineitem"))
        .hasSize(3);
  }

  @Test
  void q19FindsItsKeyInEveryBranch() {
    assertThat(PlanText.text(Planning.tpch(19))).contains("HashJoin(inner: l_partkey = p_partkey;");
  }

  @Test
  void q17FiltersTheCorrelatedAggregateByTheFewParts() {
    assertThat(PlanText.text(Planning.tpch(17)).lines())
        .filteredOn(line -> line.contains("l_partkey in filter"))
        .hasSize(2);
  }

  private static List<PhysicalPlan> nodes(PhysicalPlan plan) {
    var nodes = new ArrayList<PhysicalPlan>();
    nodes.add(plan);
    plan.inputs().forEach(input -> nodes.addAll(nodes(input)));
    return nodes;
  }
}
