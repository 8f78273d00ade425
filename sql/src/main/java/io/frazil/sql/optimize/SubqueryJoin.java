package io.frazil.sql.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/// One EXISTS or IN as the join that it is.
///
/// NOT IN passes a row only if every comparison is false: where values may be null, the anti join's
/// condition is therefore "not known to be unequal", and for a single uncorrelated column it is the
/// [NullAwareAntiJoin] that needs no such condition.
final class SubqueryJoin {
  private final RelNode left;
  private final RexSubQuery query;
  private final Set<CorrelationId> variables;
  private final RexBuilder builder;

  /// The subquery without what correlates it.
  private final RelNode right;

  /// What the subquery gives, over `right`.
  private final List<RexNode> outputs;

  private final List<RexNode> correlated;

  private SubqueryJoin(
      RelNode left,
      RexSubQuery query,
      Set<CorrelationId> variables,
      RelNode right,
      List<RexNode> outputs,
      List<RexNode> correlated) {
    this.left = left;
    this.query = query;
    this.variables = variables;
    this.builder = left.getCluster().getRexBuilder();
    this.right = right;
    this.outputs = outputs;
    this.correlated = correlated;
  }

  /// The join, or null where the correlation is out of reach.
  static @Nullable RelNode create(
      RelNode left, RexSubQuery query, boolean negated, Set<CorrelationId> variables) {
    RelNode right = rows(query);
    RexBuilder builder = left.getCluster().getRexBuilder();
    List<RexNode> outputs = new ArrayList<>();
    if (right instanceof Project project
        && project.getProjects().stream().allMatch(p -> isLocal(p, variables))) {
      outputs.addAll(project.getProjects());
      right = project.getInput().stripped();
    } else {
      outputs.addAll(builder.identityProjects(right.getRowType()));
    }
    var correlated = new ArrayList<RexNode>();
    if (right instanceof LogicalFilter filter) {
      var inner = new ArrayList<RexNode>();
      for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
        (Correlations.uses(conjunct, variables) ? correlated : inner).add(conjunct);
      }
      if (correlated.stream().anyMatch(Correlations::hasSubquery)) {
        return null;
      }
      right = JoinSubqueries.filter(filter.getInput(), inner, filter.getVariablesSet());
    }
    if (Correlations.uses(right, variables)) {
      return null;
    }
    var join = new SubqueryJoin(left, query, variables, right, outputs, correlated);
    return negated && query.getKind() == SqlKind.IN
        ? join.notIn()
        : join.join(negated ? JoinRelType.ANTI : JoinRelType.SEMI, join.equalities());
  }

  /// EXISTS asks for one row: which one, and how many more there are, makes no difference.
  private static RelNode rows(RexSubQuery query) {
    boolean one =
        query.getKind() == SqlKind.EXISTS
            && query.rel instanceof Sort sort
            && sort.offset == null
            && (sort.fetch == null
                || (sort.fetch instanceof RexLiteral fetch && RexLiteral.intValue(fetch) > 0));
    return one ? query.rel.getInput(0) : query.rel;
  }

  private static boolean isLocal(RexNode node, Set<CorrelationId> variables) {
    return !Correlations.uses(node, variables)
        && !Correlations.hasSubquery(node)
        && !RexOver.containsOver(node);
  }

  private RelNode notIn() {
    List<RexNode> equalities = equalities();
    boolean nullable = equalities.stream().anyMatch(e -> e.getType().isNullable());
    if (!nullable) {
      return join(JoinRelType.ANTI, equalities);
    }
    if (equalities.size() == 1
        && correlated.isEmpty()
        && query.getOperands().getFirst() instanceof RexInputRef key) {
      RelNode keys = LogicalProject.create(right, List.of(), outputs, List.of("key"), Set.of());
      return NullAwareAntiJoin.create(left, keys, key.getIndex());
    }
    List<RexNode> possible =
        equalities.stream()
            .map(e -> builder.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, e))
            .toList();
    return join(JoinRelType.ANTI, possible);
  }

  /// `operand = output` for each column of an IN; none for EXISTS.
  private List<RexNode> equalities() {
    var equalities = new ArrayList<RexNode>();
    if (query.getKind() == SqlKind.IN) {
      for (int i = 0; i < query.getOperands().size(); i++) {
        RexNode output = RexUtil.shift(outputs.get(i), leftColumns());
        equalities.add(
            builder.makeCall(SqlStdOperatorTable.EQUALS, query.getOperands().get(i), output));
      }
    }
    return equalities;
  }

  private RelNode join(JoinRelType type, List<RexNode> conditions) {
    var all = new ArrayList<>(conditions);
    correlated.forEach(c -> all.add(overBoth(c)));
    RexNode condition = RexUtil.composeConjunction(builder, all);
    return LogicalJoin.create(left, right, List.of(), condition, Set.of(), type);
  }

  /// A correlated conjunct of the subquery as a condition of the join.
  private RexNode overBoth(RexNode conjunct) {
    return RexUtil.shift(conjunct, leftColumns())
        .accept(
            new RexShuttle() {
              @Override
              public RexNode visitFieldAccess(RexFieldAccess access) {
                boolean outer =
                    access.getReferenceExpr() instanceof RexCorrelVariable variable
                        && variables.contains(variable.id);
                return outer
                    ? builder.makeInputRef(access.getType(), access.getField().getIndex())
                    : super.visitFieldAccess(access);
              }
            });
  }

  private int leftColumns() {
    return left.getRowType().getFieldCount();
  }
}
