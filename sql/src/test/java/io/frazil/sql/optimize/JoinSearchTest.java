package io.frazil.sql.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frazil.sql.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.rules.DpHyp;
import org.apache.calcite.rel.rules.HyperGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The orders that are found cost what those cost that Calcite's enumeration finds, which makes a
/// tree of each that it looks at.
class JoinSearchTest {
  private static final int SEEDS = 150;
  private static final int BLOAT = 20_000;
  private static final List<String> JOINS = List.of("join", "join", "left join", "full join");

  static Stream<String> queries() {
    return Stream.concat(
        IntStream.of(2, 3, 5, 7, 8, 9, 10, 11, 12, 18, 20, 21)
            .mapToObj(Planning::tpchText)
            .map(sql -> sql.strip().replaceAll(";$", "")),
        IntStream.range(0, SEEDS).mapToObj(JoinSearchTest::random));
  }

  /// Joins of each kind, each on a column of any relation before, some on a condition more.
  private static String random(int seed) {
    var random = new Random(seed);
    int relations = 3 + random.nextInt(5);
    var sql = new StringBuilder("select count(*) from nation a0");
    for (int i = 1; i < relations; i++) {
      String to = "a" + random.nextInt(i);
      sql.append(
          " %s %s a%d on %s = a%d.%s"
              .formatted(
                  JOINS.get(random.nextInt(JOINS.size())),
                  "nation",
                  i,
                  to + (random.nextBoolean() ? ".n_nationkey" : ".n_regionkey"),
                  i,
                  random.nextBoolean() ? "n_nationkey" : "n_regionkey"));
      if (random.nextInt(4) == 0) {
        sql.append(" and a%d.n_name < a%d.n_name".formatted(random.nextInt(i), i));
      }
      if (random.nextInt(4) == 0) {
        sql.append(" and a%d.n_nationkey = a%d.n_nationkey".formatted(random.nextInt(i), i));
      }
    }
    if (random.nextBoolean()) {
      sql.append(
          " where %s (select 1 from region where r_regionkey = a%d.n_regionkey)"
              .formatted(
                  random.nextBoolean() ? "exists" : "not exists", random.nextInt(relations)));
    }
    if (random.nextBoolean()) {
      sql.append(sql.indexOf("where") > 0 ? " and " : " where ")
          .append("a%d.n_name = 'FRANCE'".formatted(random.nextInt(relations)));
    }
    return sql.toString();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void noOrderIsCheaper(String sql) {
    Planning.bind(
        sql,
        (_, tree) -> {
          for (HyperGraph graph : graphs(tree)) {
            compare(graph);
          }
        });
  }

  private static void compare(HyperGraph graph) {
    RelMetadataQuery query = graph.getCluster().getMetadataQuery();
    var builder = RelFactories.LOGICAL_BUILDER.create(graph.getCluster(), null);
    var calcites = new DpHyp(graph, builder, query, BLOAT);
    calcites.startEnumerateJoin();
    RelNode theirs = calcites.getBestPlan();
    RelNode ours = new JoinSearch(graph).order();
    if (theirs == null) {
      return;
    }
    assertThat(ours).isNotNull();
    assertThat(RelOptUtil.areRowTypesEqual(ours.getRowType(), theirs.getRowType(), false)).isTrue();
    double cost = cost(theirs, query);
    assertThat(cost(ours, query))
        .as("%s%nbut was%n%s", RelOptUtil.toString(theirs), RelOptUtil.toString(ours))
        .isCloseTo(cost, within(cost * 1e-9));
  }

  /// Of the joins: whether columns are in order already is chance.
  private static double cost(RelNode ordered, RelMetadataQuery query) {
    RelNode joins = ordered instanceof Project ? ordered.getInput(0) : ordered;
    return query.getCumulativeCost(joins).getRows();
  }

  /// The groups of joins of a query of which none is below another.
  private static List<HyperGraph> graphs(RelNode tree) {
    RelNode joined = Correlations.any(tree) ? JoinSubqueries.rewrite(tree) : tree;
    RelNode pushed = Rules.SILENT.apply(joined, Phase.PUSH_DOWN);
    RelNode pulled = Rules.SILENT.apply(pushed, Phase.PULL_PROJECTS);
    var found = new ArrayList<HyperGraph>();
    collect(Rules.SILENT.apply(pulled, Phase.HYPER_GRAPH), found);
    assertThat(found).isNotEmpty();
    return found;
  }

  private static boolean collect(RelNode node, List<HyperGraph> found) {
    boolean below = false;
    for (RelNode input : node.getInputs()) {
      below |= collect(input, found);
    }
    if (!below && node instanceof HyperGraph graph) {
      found.add(graph);
    }
    return below || node instanceof HyperGraph;
  }
}
