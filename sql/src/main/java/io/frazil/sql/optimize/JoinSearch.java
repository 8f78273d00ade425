package io.frazil.sql.optimize;

import io.frazil.sql.estimate.Costs;
import io.frazil.sql.estimate.EstimatingQuery;
import io.frazil.sql.estimate.JoinEstimates;
import io.frazil.sql.estimate.JoinedOn;
import io.frazil.sql.estimate.RelationEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.HyperEdge;
import org.apache.calcite.rel.rules.HyperGraph;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexNodeAndFieldIndex;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/// The cheapest order of joins. Every division of every set of relations in two is looked at,
/// smaller sets first (Vance and Maier, "Rapid Bushy Join-order Optimization with Cartesian
/// Products", SIGMOD 1996), but for products that the query does not have. Which joins give the
/// query's rows says the graph (Moerkotte, Fender and Eich, "On the Correct and Complete
/// Enumeration of the Core Search Space", SIGMOD 2013).
///
/// A join that is looked at is its numbers alone; trees are made of the cheapest at the end.
final class JoinSearch {
  private final HyperGraph graph;
  private final List<RelNode> relations;
  private final List<Edge> edges;
  private final RexBuilder rex;

  /// By set of relations; null where they cannot be joined by themselves.
  private final @Nullable Plan[] cheapest;

  /// @param graph of few relations: what is looked at trebles with each
  JoinSearch(HyperGraph graph) {
    this.graph = graph;
    this.relations = graph.getInputs();
    this.edges = graph.getEdges().stream().map(Edge::of).toList();
    this.rex = graph.getCluster().getRexBuilder();
    this.cheapest = new Plan[1 << relations.size()];
  }

  /// The joins in their cheapest order, with the columns as they were; null where none is found.
  @Nullable RelNode order() {
    var query = (EstimatingQuery) graph.getCluster().getMetadataQuery();
    for (int i = 0; i < relations.size(); i++) {
      var columns = new int[relations.size()];
      Arrays.fill(columns, Plan.NOT_THERE);
      columns[i] = 0;
      int width = relations.get(i).getRowType().getFieldCount();
      RelationEstimate rows = query.estimator().of(relations.get(i));
      cheapest[1 << i] = new Plan(1 << i, columns, width, rows, 0, null);
    }
    for (int set = 1; set < cheapest.length; set++) {
      // The half with the first relation, which is the right one where both ways cost the same.
      int first = Integer.lowestOneBit(set);
      for (int half = set & (set - 1); half > 0; half = (half - 1) & set) {
        if ((half & first) != 0) {
          lookAt(half, set ^ half);
        }
      }
    }
    Plan best = cheapest[cheapest.length - 1];
    return best == null ? null : tree(best);
  }

  private void lookAt(int half, int rest) {
    Plan one = cheapest[half];
    Plan other = cheapest[rest];
    if (one == null || other == null) {
      return;
    }
    List<Edge> between = between(half, rest);
    if (between.isEmpty()) {
      return;
    }
    JoinRelType type = between.getFirst().type();
    if (between.stream().anyMatch(edge -> edge.type() != type)
        || !graph.applicable(half | rest, between.stream().map(Edge::of).toList())) {
      return;
    }
    if (type == JoinRelType.INNER || type == JoinRelType.FULL) {
      keepCheaper(new Step(other, one, type, between));
    } else if (between.stream().allMatch(edge -> edge.joins(half, rest))) {
      keepCheaper(new Step(one, other, type, between));
    } else if (between.stream().allMatch(edge -> edge.joins(rest, half))) {
      keepCheaper(new Step(other, one, type, between));
    }
  }

  /// What is to hold where two sets are joined; nothing where they would be multiplied.
  private List<Edge> between(int one, int other) {
    List<Edge> between = List.of();
    boolean joined = false;
    for (Edge edge : edges) {
      if (edge.spans(one, other)) {
        between = between.isEmpty() ? new ArrayList<>() : between;
        between.add(edge);
        joined |= edge.joins(one, other) || edge.joins(other, one);
      }
    }
    return joined ? between : List.of();
  }

  private void keepCheaper(Step step) {
    JoinedOn on = on(step);
    var estimates = new JoinEstimates(step.left.rows, step.right.rows, on, rex);
    double own =
        Costs.ofJoin(
            estimates.rows(step.type),
            step.left.rows.rows(),
            step.right.rows.rows(),
            !on.leftKeys().isEmpty());
    double cost = own + step.left.cost + step.right.cost;
    int set = step.left.set | step.right.set;
    Plan known = cheapest[set];
    if (known == null || cost < known.cost) {
      boolean both = step.type.projectsRight();
      cheapest[set] =
          new Plan(
              set,
              both ? step.columns() : step.left.columns,
              step.left.width + (both ? step.right.width : 0),
              estimates.of(step.type),
              cost,
              step);
    }
  }

  private JoinedOn on(Step step) {
    var left = new ArrayList<Integer>();
    var right = new ArrayList<Integer>();
    var others = new ArrayList<RexNode>();
    for (Edge edge : step.edges) {
      for (RexNode condition : edge.conditions) {
        Key key = Key.of(condition);
        if (key == null) {
          others.add(condition.accept(step.toInputs()));
        } else if (step.left.has(key.one) && step.right.has(key.other)) {
          left.add(step.left.column(key.one));
          right.add(step.right.column(key.other));
        } else if (step.left.has(key.other) && step.right.has(key.one)) {
          left.add(step.left.column(key.other));
          right.add(step.right.column(key.one));
        } else {
          others.add(condition.accept(step.toInputs()));
        }
      }
    }
    return new JoinedOn(left, right, others);
  }

  private RelNode tree(Plan best) {
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(graph.getCluster(), null);
    RelNode joined = join(best, builder);
    List<RexNode> columns =
        IntStream.range(0, relations.size())
            .filter(relation -> (graph.getNotProjectInputs() >> relation & 1) == 0)
            .mapToObj(relation ->
                IntStream.range(0, relations.get(relation).getRowType().getFieldCount())
                    .mapToObj(field ->
                        RexInputRef.of(best.columns[relation] + field, joined.getRowType())))
            .flatMap(refs -> refs)
            .map(RexNode.class::cast)
            .toList();
    return builder.push(joined).project(columns).build();
  }

  private RelNode join(Plan plan, RelBuilder builder) {
    Step step = plan.step;
    if (step == null) {
      return relations.get(Integer.numberOfTrailingZeros(plan.set));
    }
    List<RexNode> conditions =
        step.edges.stream().map(edge -> edge.whole.accept(step.toInputs())).toList();
    return builder
        .push(join(step.left, builder))
        .push(join(step.right, builder))
        .join(step.type, RexUtil.composeConjunction(rex, conditions))
        .build();
  }

  /// What joins some relations on the left of the query's join to some on its right.
  ///
  /// @param left the relations that have to be there, as bits
  /// @param conditions all of which hold, of columns by relation
  private record Edge(HyperEdge of, int left, int right, RexNode whole, List<RexNode> conditions) {
    static Edge of(HyperEdge edge) {
      return new Edge(
          edge,
          (int) edge.getLeftEndpoint(),
          (int) edge.getRightEndpoint(),
          edge.getCondition(),
          RelOptUtil.conjunctions(edge.getCondition()));
    }

    JoinRelType type() {
      return of.getJoinType();
    }

    /// Whether it is to be applied where two sets are joined: in neither alone it could be.
    boolean spans(int one, int other) {
      int all = left | right;
      return (all & ~(one | other)) == 0 && (all & ~one) != 0 && (all & ~other) != 0;
    }

    boolean joins(int one, int other) {
      return (left & ~one) == 0 && (right & ~other) == 0;
    }
  }

  /// Two columns that are to be equal, perhaps of types of which one holds all values of the other.
  private record Key(RexNodeAndFieldIndex one, RexNodeAndFieldIndex other) {
    static @Nullable Key of(RexNode condition) {
      return (condition.isA(SqlKind.EQUALS) || condition.isA(SqlKind.IS_NOT_DISTINCT_FROM))
              && condition instanceof RexCall call
              && bare(call.getOperands().getFirst()) instanceof RexNodeAndFieldIndex one
              && bare(call.getOperands().getLast()) instanceof RexNodeAndFieldIndex other
          ? new Key(one, other)
          : null;
    }

    private static RexNode bare(RexNode operand) {
      return RexUtil.isLosslessCast(operand)
          ? ((RexCall) operand).getOperands().getFirst()
          : operand;
    }
  }

  /// The cheapest way known to join a set of relations.
  ///
  /// @param columns of each relation, where its first one is; [#NOT_THERE] where it has none here
  /// @param width how many columns there are
  /// @param cost of all joins
  /// @param step the last join; null of one relation
  private record Plan(
      int set, int[] columns, int width, RelationEstimate rows, double cost, @Nullable Step step) {
    static final int NOT_THERE = -1;

    boolean has(RexNodeAndFieldIndex column) {
      return columns[column.getNodeIndex()] != NOT_THERE;
    }

    int column(RexNodeAndFieldIndex column) {
      return columns[column.getNodeIndex()] + column.getFieldIndex();
    }
  }

  /// A join of two sets.
  private record Step(Plan left, Plan right, JoinRelType type, List<Edge> edges) {
    /// Where the columns of both are.
    int[] columns() {
      int[] all = left.columns.clone();
      for (int i = 0; i < all.length; i++) {
        if (right.columns[i] != Plan.NOT_THERE) {
          all[i] = left.width + right.columns[i];
        }
      }
      return all;
    }

    /// Conditions in terms of both sides' columns.
    RexShuttle toInputs() {
      int[] columns = columns();
      return new RexShuttle() {
        @Override
        public RexNode visitNodeAndFieldIndex(RexNodeAndFieldIndex column) {
          int first = columns[column.getNodeIndex()];
          if (first == Plan.NOT_THERE) {
            throw new IllegalStateException("a condition of a relation that is joined away");
          }
          return new RexInputRef(first + column.getFieldIndex(), column.getType());
        }
      };
    }
  }
}
