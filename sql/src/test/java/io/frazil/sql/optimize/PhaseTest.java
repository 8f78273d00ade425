package io.frazil.sql.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.sql.Planning;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.PruneEmptyRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule of every phase: a query on which it fires there, and a near one on which it does not.
class PhaseTest {
  private static final String JOINED = "select n_name from nation join region on n_regionkey = ";

  /// As many joins as are ordered greedily.
  private static final String MANY =
      "select a0.n_name from "
          + IntStream.range(0, 12).mapToObj(i -> "nation a" + i).collect(Collectors.joining(", "))
          + " where "
          + IntStream.range(1, 12)
              .mapToObj(i -> "a0.n_nationkey = a" + i + ".n_nationkey")
              .collect(Collectors.joining(" and "));

  private record Example(Phase phase, RelOptRule rule, String fires, String near) {
    @Override
    public String toString() {
      return phase + " " + rule;
    }
  }

  private static Example on(Phase phase, RelOptRule rule, String fires, String near) {
    return new Example(phase, rule, fires, near);
  }

  private static Example on(Phase phase, String rule, String fires, String near) {
    return phase.rules().stream()
        .filter(r -> r.toString().equals(rule))
        .map(r -> new Example(phase, r, fires, near))
        .findFirst()
        .orElseThrow();
  }

  static Stream<Example> examples() {
    return Stream.of(subqueries(), pushDown(), predicates(), empty(), simplify(), joins(), finish())
        .flatMap(List::stream);
  }

  private static List<Example> subqueries() {
    return List.of(
        on(
            Phase.SUBQUERIES,
            "RemoveSubqueries(filter)",
            "select n_name from nation where n_nationkey = (select max(r_regionkey) from region)",
            "select n_name from nation where n_nationkey in (select r_regionkey from region)"),
        on(
            Phase.SUBQUERIES,
            "RemoveSubqueries(project)",
            "select (select max(r_regionkey) from region) from nation",
            "select n_name from nation where n_nationkey = (select max(r_regionkey) from region)"),
        on(
            Phase.SUBQUERIES,
            "RemoveSubqueries(join)",
            JOINED + "r_regionkey and n_nationkey in (select s_nationkey from supplier)",
            JOINED + "r_regionkey and n_nationkey in (1, 2)"));
  }

  private static List<Example> pushDown() {
    return List.of(
        on(
            Phase.PUSH_DOWN,
            CoreRules.FILTER_REDUCE_EXPRESSIONS,
            "select n_name from nation where 1 = 0",
            "select n_name from nation where n_name = 'PERU'"),
        on(
            Phase.PUSH_DOWN,
            CoreRules.PROJECT_REDUCE_EXPRESSIONS,
            "select 1 + 1 from nation",
            "select n_nationkey + 1 from nation"),
        on(
            Phase.PUSH_DOWN,
            CoreRules.JOIN_REDUCE_EXPRESSIONS,
            "select n_name from nation left join region"
                + " on n_regionkey = r_regionkey and n_nationkey < 1 + 1",
            "select n_name from nation left join region"
                + " on n_regionkey = r_regionkey and n_nationkey < r_regionkey"),
        on(
            Phase.PUSH_DOWN,
            CoreRules.FILTER_MERGE,
            "select n_name from (select * from nation where n_nationkey > 3) as n"
                + " where n_regionkey = 1",
            "select n_name from nation where n_nationkey > 3 and n_regionkey = 1"),
        on(
            Phase.PUSH_DOWN,
            CoreRules.PROJECT_MERGE,
            "select k from (select n_regionkey as k from nation) as a"
                + " full join (select r_regionkey as k from region) as b using (k)",
            "select n_name from nation"),
        on(
            Phase.PUSH_DOWN,
            CoreRules.PROJECT_REMOVE,
            "table region",
            "select r_name, r_regionkey, r_comment from region"));
  }

  private static List<Example> predicates() {
    return List.of(
        on(
            Phase.PUSH_DOWN,
            CoreRules.FILTER_INTO_JOIN,
            "select n_name from nation, region where n_regionkey = r_regionkey",
            JOINED + "r_regionkey"),
        on(
            Phase.PUSH_DOWN,
            CoreRules.JOIN_CONDITION_PUSH,
            JOINED + "r_regionkey and r_name = 'ASIA'",
            JOINED + "r_regionkey and r_name = n_name"),
        on(
            Phase.PUSH_DOWN,
            CoreRules.FILTER_PROJECT_TRANSPOSE,
            "select x from (select n_name as x, n_nationkey + 1 as y from nation) as q where y > 3",
            "select n_name as x from nation where n_nationkey + 1 > 3"),
        on(
            Phase.PUSH_DOWN,
            CoreRules.FILTER_AGGREGATE_TRANSPOSE,
            "select n_regionkey from nation group by n_regionkey having n_regionkey > 2",
            "select n_regionkey from nation group by n_regionkey having count(*) > 2"),
        on(
            Phase.PUSH_DOWN,
            CoreRules.FILTER_SET_OP_TRANSPOSE,
            "select x from (select n_name as x from nation union all select r_name from region)"
                + " as q where x > 'B'",
            "select n_name from nation where n_name > 'B'"
                + " union all select r_name from region where r_name > 'B'"),
        on(
            Phase.PUSH_DOWN,
            CoreRules.UNION_MERGE,
            "select n_name from nation union all select r_name from region"
                + " union all select r_name from region",
            "select n_name from nation union all select r_name from region"),
        on(
            Phase.PUSH_DOWN,
            CoreRules.AGGREGATE_REMOVE,
            "select n_regionkey, count(*) from nation where 1 = 0 group by n_regionkey",
            "select n_regionkey, count(*) from nation group by n_regionkey"));
  }

  private static List<Example> empty() {
    String none = "(select * from nation where 1 = 0) as n";
    return List.of(
        on(
            Phase.PUSH_DOWN,
            CoreRules.AGGREGATE_VALUES,
            "select count(*) from nation where 1 = 0",
            "select count(*) from nation"),
        on(
            Phase.PUSH_DOWN,
            PruneEmptyRules.FILTER_INSTANCE,
            "select x from (select n_name as x from nation limit 0) as q where x > 'a'",
            "select x from (select n_name as x from nation limit 1) as q where x > 'a'"),
        on(
            Phase.PUSH_DOWN,
            PruneEmptyRules.PROJECT_INSTANCE,
            "select upper(n_name) from nation where 1 = 0",
            "select upper(n_name) from nation"),
        on(
            Phase.PUSH_DOWN,
            PruneEmptyRules.JOIN_LEFT_INSTANCE,
            "select n_name from " + none + " join region on n_regionkey = r_regionkey",
            JOINED + "r_regionkey"),
        on(
            Phase.PUSH_DOWN,
            PruneEmptyRules.JOIN_RIGHT_INSTANCE,
            "select n_name from region join " + none + " on n_regionkey = r_regionkey",
            JOINED + "r_regionkey"),
        on(
            Phase.PUSH_DOWN,
            PruneEmptyRules.SORT_INSTANCE,
            "select n_name from nation where 1 = 0 order by n_name",
            "select n_name from nation order by n_name"),
        on(
            Phase.PUSH_DOWN,
            PruneEmptyRules.UNION_INSTANCE,
            "select n_name from nation union all select r_name from region where 1 = 0",
            "select n_name from nation union all select r_name from region"),
        on(
            Phase.PUSH_DOWN,
            PruneEmptyRules.SORT_FETCH_ZERO_INSTANCE,
            "select n_name from nation order by n_name limit 0",
            "select n_name from nation order by n_name limit 1"));
  }

  private static List<Example> simplify() {
    String either =
        "((n_name = 'PERU' and r_name = 'ASIA') or (n_name = 'CHINA' and r_name = 'X'))";
    return List.of(
        on(
            Phase.LOCAL_DISJUNCTIONS,
            CoreRules.EXPAND_FILTER_DISJUNCTION_LOCAL,
            "select n_name from nation left join region on n_regionkey = r_regionkey"
                + " where (n_name = 'PERU' and r_name is null)"
                + " or (n_name = 'CHINA' and r_name = 'X')",
            "select n_name from nation left join region on n_regionkey = r_regionkey"
                + " where n_name = 'PERU' or r_name is null"),
        on(
            Phase.LOCAL_DISJUNCTIONS,
            CoreRules.EXPAND_JOIN_DISJUNCTION_LOCAL,
            JOINED + "r_regionkey and " + either,
            JOINED + "r_regionkey and (n_name = 'PERU' or r_name = 'ASIA')"),
        on(
            Phase.TRANSITIVE,
            "PushTransitivePredicates",
            JOINED + "r_regionkey and r_regionkey = 2",
            JOINED + "r_regionkey"),
        on(
            Phase.TRANSITIVE,
            "PushTransitivePredicates",
            "select n_name from nation where n_regionkey = 2"
                + " and not exists (select 1 from region where r_regionkey = n_regionkey)",
            "select n_name from nation where exists (select 1 from region where r_name = 'ASIA'"
                + " and r_regionkey = n_nationkey and r_regionkey = n_regionkey)"),
        on(
            Phase.SIMPLIFY,
            CoreRules.PROJECT_TO_SEMI_JOIN,
            "select n_name from nation"
                + " join (select distinct n_regionkey as k from nation) as r on n_regionkey = k",
            "select n_name, k from nation"
                + " join (select distinct n_regionkey as k from nation) as r on n_regionkey = k"),
        on(
            Phase.SIMPLIFY,
            CoreRules.INTERSECT_TO_DISTINCT,
            "select n_name from nation intersect select r_name from region",
            "select n_name from nation union select r_name from region"),
        on(
            Phase.SIMPLIFY,
            CoreRules.MINUS_TO_DISTINCT,
            "select n_name from nation except select r_name from region",
            "select n_name from nation union select r_name from region"),
        on(
            Phase.SIMPLIFY,
            CoreRules.UNION_TO_DISTINCT,
            "select n_name from nation union select r_name from region",
            "select n_name from nation union all select r_name from region"),
        on(
            Phase.SIMPLIFY,
            CoreRules.AGGREGATE_EXPAND_DISTINCT_AGGREGATES_TO_JOIN,
            "select count(distinct n_regionkey) from nation",
            "select count(n_regionkey) from nation"),
        on(
            Phase.SIMPLIFY,
            CoreRules.AGGREGATE_PROJECT_MERGE,
            "select max(n_regionkey) from nation",
            "select max(n_regionkey + 1) from nation"));
  }

  private static List<Example> joins() {
    String left = "(select n_nationkey + 1 as x, n_regionkey as k from nation) as a";
    String right = "(select r_regionkey + 1 as y, r_regionkey as l from region) as b";
    return List.of(
        on(
            Phase.PULL_PROJECTS,
            "PullProjects(both)",
            "select x, y from " + left + " join " + right + " on k = l",
            "select x, y from " + left + " full join " + right + " on k = l"),
        on(
            Phase.PULL_PROJECTS,
            "PullProjects(left)",
            "select x, r_name from " + left + " join region on k = r_regionkey",
            "select x, r_name from " + left + " left join region on k = r_regionkey"),
        on(
            Phase.PULL_PROJECTS,
            "PullProjects(right)",
            "select n_name, y from nation join " + right + " on n_regionkey = l",
            "select n_name, y from nation left join " + right + " on n_regionkey = l"),
        on(
            Phase.PULL_PROJECTS,
            CoreRules.PROJECT_MERGE,
            "select x + 1, r_name from " + left + " join region on k = r_regionkey",
            "select n_nationkey + 1, r_name from nation join region on n_regionkey = r_regionkey"),
        on(
            Phase.PULL_PROJECTS,
            CoreRules.FILTER_PROJECT_TRANSPOSE,
            "select r_name from region where exists (select 1 from nation"
                + " where n_regionkey = r_regionkey group by n_regionkey having count(*) > 3)",
            "select r_name from region where exists (select 1 from nation"
                + " where n_regionkey = r_regionkey)"),
        on(
            Phase.HYPER_GRAPH,
            CoreRules.JOIN_TO_HYPER_GRAPH,
            JOINED + "r_regionkey",
            "select n_name from nation"),
        on(Phase.MULTI_JOIN, CoreRules.JOIN_TO_MULTI_JOIN, MANY, JOINED + "r_regionkey"),
        on(Phase.MULTI_JOIN, CoreRules.PROJECT_MULTI_JOIN_MERGE, MANY, JOINED + "r_regionkey"),
        on(Phase.GREEDY_ORDER, CoreRules.MULTI_JOIN_OPTIMIZE, MANY, JOINED + "r_regionkey"));
  }

  private static List<Example> finish() {
    return List.of(
        on(
            Phase.FINISH,
            CoreRules.PROJECT_MERGE,
            "select n_regionkey from nation group by (n_regionkey, n_nationkey)",
            "select n_name from nation"),
        on(
            Phase.FINISH,
            CoreRules.AGGREGATE_PROJECT_MERGE,
            "select count(*) from (select n_name from nation limit 7) as x",
            "select count(*) from nation"),
        on(
            Phase.FINISH,
            "SortProjectTranspose",
            "select n_name from nation order by n_regionkey limit 3",
            "select cast(n_regionkey as varchar) as k from nation order by k limit 3"),
        on(
            Phase.FINISH,
            "SortProjectTranspose",
            "select upper(o_comment), o_orderdate from orders order by o_orderdate limit 3",
            "select cast(o_totalprice as integer) as p, o_orderkey from orders"
                + " order by p, o_orderkey limit 3"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void fires(Example example) {
    assertThat(fired(example.phase(), example.fires())).contains(example.rule());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void doesNotFire(Example example) {
    assertThat(fired(example.phase(), example.near())).doesNotContain(example.rule());
  }

  @Test
  void everyRuleHasItsExample() {
    for (Phase phase : Phase.values()) {
      Set<RelOptRule> shown =
          examples().filter(e -> e.phase() == phase).map(Example::rule).collect(Collectors.toSet());
      assertThat(shown).as("%s", phase).containsExactlyInAnyOrderElementsOf(phase.rules());
    }
  }

  @Test
  void aPhaseInWhichNoRuleFiresGivesItsTree() {
    Planning.bind(
        "select n_name from nation",
        (catalog, tree) -> assertThat(Rules.SILENT.apply(tree, Phase.SIMPLIFY)).isSameAs(tree));
  }

  private static Set<RelOptRule> fired(Phase wanted, String sql) {
    var fired = new HashSet<RelOptRule>();
    var rules =
        new Rules((phase, rule) -> {
          if (phase == wanted) {
            fired.add(rule);
          }
        });
    Planning.bind(sql, (catalog, tree) -> new Optimizer(catalog, rules).optimize(tree));
    return fired;
  }
}
