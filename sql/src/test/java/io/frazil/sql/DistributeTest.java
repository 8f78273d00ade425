package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.provider.ColumnStatistics;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.provider.TableStatistics;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.sql.distribute.Distribute;
import io.frazil.sql.explain.PlanText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
            #1 HashAggregate(final; by o_orderstatus; count as count(*))
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
              #1 HashAggregate(final; by o_orderkey; count as count(*))
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
  void longTextsAreNotBroadcast() {
    assertThat(joinedTo(800_000, 300.0))
        .contains("Exchange(hash")
        .doesNotContain("Exchange(broadcast)");
  }

  @Test
  void aProjectionOfLongTextsIsAsLarge() {
    assertThat(joinedTo(800_000, 300.0, "(SELECT k + 1 AS k, t FROM texts)"))
        .doesNotContain("Exchange(broadcast)");
  }

  @Test
  void shortTextsAreBroadcastThoughTheyAreMany() {
    assertThat(joinedTo(1_500_000, 3.0)).contains("Exchange(broadcast)");
  }

  @Test
  void textsOfUnknownLengthAreTakenForShortOnes() {
    assertThat(joinedTo(800_000, null)).contains("Exchange(broadcast)");
    assertThat(joinedTo(1_500_000, null)).doesNotContain("Exchange(broadcast)");
  }

  private static String joinedTo(double rows, @Nullable Double averageBytes) {
    return joinedTo(rows, averageBytes, "texts");
  }

  /// A join whose build side has a number and a text.
  private static String joinedTo(double rows, @Nullable Double averageBytes, String build) {
    var schema =
        Schema.of(new Field("k", Types.BIGINT, false), new Field("t", Types.VARCHAR, false));
    var texts =
        new ColumnStatistics(null, null, false, Statistic.exact(0), null, null, averageBytes);
    var table =
        new TestTable(
            schema,
            new TableStatistics(Statistic.exact(rows), List.of(ColumnStatistics.UNKNOWN, texts)));
    String sql = "select l_comment, t from lineitem left join %s b on l_orderkey = b.k";
    return text(new Planning().with("texts", table).plan(sql.formatted(build)));
  }

  @Test
  void aSharedSubplanOfOneTaskThatSeveralStagesReadIsAStageOfItsOwn() {
    String plan =
        distributed(
            "with c as (select l_partkey as k from lineitem group by l_partkey limit 10)"
                + " select count(*) from orders"
                + " where o_orderkey in (select k from c) and o_orderkey not in (select k from c)");
    assertThat(plan).containsPattern("Shared\\(0\\)\n +#\\d+ Exchange\\(gather\\)\n +#\\d+ Limit");
  }

  @Test
  void oneThatASingleStageReadsIsNot() {
    String plan =
        distributed(
            "with c as (select l_partkey as k from lineitem group by l_partkey limit 10)"
                + " select count(*) from c a join c b on a.k = b.k");
    assertThat(plan).containsPattern("Shared\\(0\\)\n +#\\d+ Limit");
  }

  @Test
  void rowsThatABuildSideKeepsAreNotBroadcast() {
    assertThat(text(Planning.tpch(13))).doesNotContain("broadcast");
  }
}
