package io.frazil.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.sql.explain.PlanText;
import org.junit.jupiter.api.Test;

class SubqueryTest {
  private static String plan(String sql) {
    var n =
        Schema.of(
            new Field("a", Types.BIGINT, true),
            new Field("b", Types.BIGINT, true),
            new Field("k", Types.BIGINT, false));
    var m =
        Schema.of(
            new Field("a", Types.BIGINT, true),
            new Field("c", Types.BIGINT, true),
            new Field("k", Types.BIGINT, false));
    PlannedQuery planned =
        new Planning().with("n", TestTable.of(n)).with("m", TestTable.of(m)).plan(sql);
    return PlanText.text(planned).replaceAll(" {2}\\{.*\\}", "");
  }

  @Test
  void existsBecomesASemiJoinWithAnyCondition() {
    assertThat(plan("select b from n where exists (select 1 from m where m.k = n.k and c <> b)"))
        .isEqualTo(
            """
            #2 HashJoin(left semi: k = k; c <> b)
              #0 TableScan(n; [b, k])
              #1 TableScan(m; [c, k])
            """);
  }

  @Test
  void notExistsBecomesAnAntiJoin() {
    assertThat(plan("select b from n where not exists (select 1 from m where m.a = n.a)"))
        .startsWith("#2 HashJoin(left anti: a = a)\n");
  }

  @Test
  void notInWithoutNullsIsAnAntiJoin() {
    assertThat(plan("select b from n where k not in (select k from m)"))
        .startsWith("#2 HashJoin(left anti: k = k)\n");
  }

  @Test
  void notInWithNullsKnowsThem() {
    assertThat(plan("select b from n where a not in (select c from m)"))
        .isEqualTo(
            """
            #2 HashJoin(null aware anti: a = c)
              #0 TableScan(n; [a, b])
              #1 TableScan(m; [c])
            """);
  }

  @Test
  void correlatedNotInWithNullsPassesOnlyWhatIsKnownToBeUnequal() {
    assertThat(plan("select b from n where a not in (select c from m where m.k = n.k)"))
        .startsWith("#2 HashJoin(left anti: k = k; coalesce(a = c, true))\n");
  }

  @Test
  void notInOfSeveralColumnsPassesOnlyWhatIsKnownToBeUnequal() {
    assertThat(plan("select k from n where (a, b) not in (select a, c from m)"))
        .startsWith(
            "#2 NestedLoopJoin(left anti; coalesce(a = a, true) and coalesce(b = c, true))\n");
  }

  @Test
  void otherConjunctsOfTheFilterReachTheirTable() {
    assertThat(plan("select b from n where b > 3 and k in (select k from m where c = 1)"))
        .contains("TableScan(n; [b, k]; b > 3;", "TableScan(m; [k]; c = 1)");
  }

  @Test
  void aCorrelatedScalarBecomesAJoinWithAnAggregate() {
    assertThat(plan("select (select max(c) from m where m.k = n.k) as most from n"))
        .contains("HashAggregate(by k; max(c))")
        .contains("left: k = k");
  }

  @Test
  void aCorrelatedSubqueryOfRowsIsCheckedWhereItHasAnOuterRow() {
    assertThat(plan("select b, (select c from m where m.k = n.k) as one from n"))
        .startsWith(
            """
            #5 Project(b, single_row(value, rows, k) as one)
              #4 HashJoin(left: k = k)
                #0 TableScan(n; [b, k])
                #3 HashAggregate(by k; any_value(c), sum($f1))
            """);
    assertThat(plan("select b from n where (select c from m where m.k = n.k) = 3"))
        .contains("single_row(")
        .doesNotContain("single_value");
  }

  @Test
  void anAntiJoinFiltersItsRightSideAlone() {
    assertThat(
            plan(
                "select b from n where n.a = 5"
                    + " and not exists (select 1 from m where m.k = n.a and m.k = n.k)"))
        .contains("TableScan(n; [a, b, k]; a = 5)", "TableScan(m; [k]; k = 5)");
  }

  @Test
  void aComparisonWithSomeIsOneWithTheLeastOrTheGreatest() {
    assertThat(plan("select b from n where b < any (select c from m)")).contains("b < most");
    assertThat(plan("select b from n where b >= any (select c from m)")).contains("b >= least");
    assertThat(plan("select b from n where b <> any (select c from m)"))
        .contains("b <> least or b <> most");
    assertThat(plan("select a from n where a <> any (select a from m where m.k = n.k)"))
        .contains("k = k; a <> least or a <> most");
  }

  @Test
  void anAggregateOfNoRowsIsARowForEachOuterRow() {
    assertThat(
            plan("select b, q.s from n, lateral (select max(c) as s from m where m.k = n.k) as q"))
        .contains("HashJoin(left: k = k)");
    assertThat(plan("select b from n where b not in (select max(c) from m where m.k = n.k)"))
        .contains("left: k = k");
  }

  @Test
  void anOuterJoinGivesTheRowItself() {
    assertThat(
            plan(
                "select b, q.s from n left join"
                    + " lateral (select max(c) as s from m where m.k = n.k) as q on true"))
        .isEqualTo(
            """
            #3 HashJoin(left: k = k)
              #0 TableScan(n; [b, k])
              #2 HashAggregate(by k; max(c))
                #1 TableScan(m; [c, k])
            """);
  }

  @Test
  void constantsAreNoKeysOfACorrelatedSubquery() {
    String distinct = "lateral (select distinct 1 as one, m.c from m where m.k = n.k) as q";
    assertThat(plan("select q.one, q.c from n, " + distinct))
        .contains("Project(1 as one, c)", "HashAggregate(by c, k)", "k = k");
    String constants = "lateral (select distinct 1 as one, 2 as two from m where m.k = n.k) as q";
    assertThat(plan("select q.one, q.two from n, " + constants))
        .contains("1 as one", "2 as two", "HashAggregate(by k)");
  }

  @Test
  void whatIsCorrelatedStaysAboveASubquerysOwnSubqueries() {
    assertThat(
            plan(
                "select b from n where b > (select max(c) from m where m.k = n.k"
                    + " and m.a in (select a from n))"))
        .contains("HashAggregate(by k; max(c))", "semi: a = a");
  }

  @Test
  void aSemiJoinsConditionMayHoldSubqueriesOfEitherSide() {
    assertThat(plan("select b from n left semi join m on n.k = m.k and n.a in (select c from m)"))
        .startsWith("#9 HashJoin(left semi: k = k)");
    assertThat(
            plan(
                "select b from n left anti join m on n.k = m.k"
                    + " and exists (select 1 from m as o where o.c = n.a)"))
        .contains("left anti: k = k;");
    assertThat(plan("select b from n left semi join m on n.k = m.k and m.a in (select c from m)"))
        .contains("left semi: k = k");
  }

  @Test
  void aSemiJoinStandsOnTheColumnsOfWhatWasCorrelated() {
    assertThat(
            plan(
                "select b from n, lateral (select max(c) as s from m where m.k = n.k) as q"
                    + " where exists (select 1 from m where m.k = n.k and m.a > q.s)"))
        .contains("semi: k = k; a > s");
  }

  @Test
  void distinctAggregatesAreExpanded() {
    assertThat(plan("select count(distinct a) from n"))
        .isEqualTo(
            """
            #2 HashAggregate(count(a))
              #1 HashAggregate(by a)
                #0 TableScan(n; [a])
            """);
  }
}
