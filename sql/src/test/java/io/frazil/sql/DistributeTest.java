package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.sql.distribute.Distribute;
import io.frazil.sql.explain.PlanText;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DistributeTest {
  private static String distributed(String sql) {
    return text(new Planning().plan(sql));
  }

  private static String text(PlannedQuery planned) {
    return PlanText.text(Distribute.over(planned.root(), 4, planned.estimates()), Map.of());
  }

  @Test
  void fewGroupsAreFinishedByOneTask() {
    assertThat(distributed("select o_orderstatus, count(*) from orders group by o_orderstatus"))
        .isEqualTo(
            """
            #1 HashAggregate(final; by o_orderstatus; count as EXPR$1)
              #3 Exchange(gather)
                #2 HashAggregate(partial; by o_orderstatus; count(*))
                  #0 TableScan(frazil.tpch.orders; [o_orderstatus])
            """);
  }

  @Test
  void manyGroupsAreFinishedByAllTasks() {
    assertThat(distributed("select o_orderkey, count(*) from orders group by o_orderkey"))
        .isEqualTo(
            """
            #4 Exchange(gather)
              #1 HashAggregate(final; by o_orderkey; count as EXPR$1)
                #3 Exchange(hash o_orderkey into 4)
                  #2 HashAggregate(partial; by o_orderkey; count(*))
                    #0 TableScan(frazil.tpch.orders; [o_orderkey])
            """);
  }

  @Test
  void theFirstRowsAreChosenInEveryTaskAndAgain() {
    assertThat(distributed("select o_orderkey from orders order by 1 limit 5 offset 2"))
        .isEqualTo(
            """
            #1 TopN(5 after 2 by o_orderkey)
              #3 Exchange(gather)
                #2 TopN(7 by o_orderkey)
                  #0 TableScan(frazil.tpch.orders; [o_orderkey])
            """);
  }

  @Test
  void aSmallBuildSideGoesToEveryTask() {
    assertThat(distributed("select c_name from customer, nation where c_nationkey = n_nationkey"))
        .isEqualTo(
            """
            #4 Exchange(gather)
              #2 HashJoin(inner: c_nationkey = n_nationkey)
                #1 TableScan(frazil.tpch.customer; [c_name, c_nationkey])
                #3 Exchange(broadcast)
                  #0 TableScan(frazil.tpch.nation; [n_nationkey])
            """);
  }

  @Test
  void twoLargeSidesMeetByKey() {
    assertThat(distributed("select o_comment from orders, lineitem where l_orderkey = o_orderkey"))
        .contains("Exchange(hash l_orderkey into 4)", "Exchange(hash o_orderkey into 4)");
  }

  @Test
  void rowsThatABuildSideKeepsAreNotBroadcast() {
    assertThat(text(Planning.tpch(13))).doesNotContain("broadcast");
  }
}
