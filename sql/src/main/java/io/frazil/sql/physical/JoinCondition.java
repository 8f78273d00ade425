package io.frazil.sql.physical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/// A join's condition taken apart: what must be equal on both sides, and the rest.
///
/// @param residual conjuncts over the join's columns
record JoinCondition(List<Pair> pairs, List<RexNode> residual) {
  JoinCondition {
    pairs = List.copyOf(pairs);
    residual = List.copyOf(residual);
  }

  /// Whether null equals null.
  enum Nulls {
    NEVER_EQUAL,
    EQUAL
  }

  /// An equality, each side over the join's columns.
  record Pair(RexNode probe, RexNode build, Nulls nulls) {}

  static JoinCondition of(Join join) {
    var pairs = new ArrayList<Pair>();
    var residual = new ArrayList<RexNode>();
    int leftCount = join.getLeft().getRowType().getFieldCount();
    for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
      if (!addPair(pairs, conjunct, leftCount)) {
        residual.add(conjunct);
      }
    }
    return new JoinCondition(pairs, residual);
  }

  private static boolean addPair(List<Pair> pairs, RexNode conjunct, int leftCount) {
    boolean safe = conjunct.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
    if (!safe && conjunct.getKind() != SqlKind.EQUALS) {
      return false;
    }
    RexNode a = ((RexCall) conjunct).getOperands().get(0);
    RexNode b = ((RexCall) conjunct).getOperands().get(1);
    boolean nullable = a.getType().isNullable() && b.getType().isNullable();
    Nulls nulls = safe && nullable ? Nulls.EQUAL : Nulls.NEVER_EQUAL;
    if (isLeft(a, leftCount) && isRight(b, leftCount)) {
      return pairs.add(new Pair(a, b, nulls));
    }
    return isLeft(b, leftCount) && isRight(a, leftCount) && pairs.add(new Pair(b, a, nulls));
  }

  private static boolean isLeft(RexNode node, int leftCount) {
    ImmutableBitSet used = RelOptUtil.InputFinder.bits(node);
    return !used.isEmpty() && used.length() <= leftCount;
  }

  private static boolean isRight(RexNode node, int leftCount) {
    ImmutableBitSet used = RelOptUtil.InputFinder.bits(node);
    return !used.isEmpty() && used.nth(0) >= leftCount;
  }

  JoinCondition swapped() {
    return new JoinCondition(
        pairs.stream().map(p -> new Pair(p.build(), p.probe(), p.nulls())).toList(), residual);
  }
}
