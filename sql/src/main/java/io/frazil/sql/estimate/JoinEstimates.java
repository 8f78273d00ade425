package io.frazil.sql.estimate;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/// How many pairs a join finds.
///
/// One key: `left * right / max(distinct)`, all of the smaller set of values being among the
/// larger. Several keys: their combined values are at most the rows of the smaller table that they
/// are of, which is what makes a composite foreign key match once.
public final class JoinEstimates {
  /// What a condition that is no equality of columns leaves.
  private static final double RESIDUAL = 0.5;

  private static final double LEAST_ANTI = 0.1;

  private final RelationEstimate left;
  private final RelationEstimate right;
  private final JoinedOn on;
  private final RexBuilder builder;

  public JoinEstimates(
      RelationEstimate left, RelationEstimate right, JoinedOn on, RexBuilder builder) {
    this.left = left;
    this.right = right;
    this.on = on;
    this.builder = builder;
  }

  /// The join's rows.
  public RelationEstimate of(JoinRelType type) {
    double rows = rows(type);
    return new RelationEstimate(rows, columns(type, rows), source());
  }

  /// How many rows the join has, at least one.
  public double rows(JoinRelType type) {
    double rows =
        switch (type) {
          case LEFT -> Math.max(left.rows(), inner());
          case RIGHT -> Math.max(right.rows(), inner());
          case FULL -> Math.max(left.rows(), right.rows());
          case SEMI -> left.rows() * matched();
          case ANTI -> left.rows() * Math.max(LEAST_ANTI, 1 - matched());
          default -> inner();
        };
    return Math.max(1, rows);
  }

  private double inner() {
    double pairs = left.rows() * right.rows() / combined();
    if (on.others().isEmpty()) {
      return Math.max(1, pairs);
    }
    var all = new ArrayList<>(left.columns());
    all.addAll(right.columns());
    var both = new RelationEstimate(pairs, all, "");
    for (RexNode condition : on.others()) {
      pairs *= new Selectivity(both, builder).of(condition);
    }
    return Math.max(1, pairs);
  }

  /// How many different keys there are to match.
  private double combined() {
    double product = 1;
    double rows = Double.MAX_VALUE;
    for (int i = 0; i < on.leftKeys().size(); i++) {
      ColumnEstimate a = left.column(on.leftKeys().get(i));
      ColumnEstimate b = right.column(on.rightKeys().get(i));
      product *= Math.max(a.distinct(), b.distinct());
      rows = Math.min(rows, Math.min(rows(a, left), rows(b, right)));
    }
    return on.leftKeys().size() < 2 ? product : Math.max(1, Math.min(product, rows));
  }

  private static double rows(ColumnEstimate column, RelationEstimate of) {
    return column.origin() == null ? Math.max(1, of.rows()) : column.origin().rows();
  }

  /// Which part of the left rows finds a match.
  private double matched() {
    double part = 1;
    for (int i = 0; i < on.leftKeys().size(); i++) {
      double a = left.column(on.leftKeys().get(i)).distinct();
      double b = right.column(on.rightKeys().get(i)).distinct();
      part = Math.min(part, b / a);
    }
    double residual = on.leftKeys().isEmpty() ? RESIDUAL : 1;
    return Math.min(1, part) * residual * Math.pow(RESIDUAL, on.others().size());
  }

  private List<ColumnEstimate> columns(JoinRelType type, double rows) {
    var columns = new ArrayList<ColumnEstimate>();
    columns.addAll(left.withRows(Math.min(rows, left.rows()), "").columns());
    if (type.projectsRight()) {
      columns.addAll(right.withRows(Math.min(rows, right.rows()), "").columns());
    }
    if (type == JoinRelType.INNER || type == JoinRelType.SEMI) {
      keepCommonValues(columns, type.projectsRight());
    }
    return columns;
  }

  /// Of a key, only values that both sides have are left.
  private void keepCommonValues(List<ColumnEstimate> columns, boolean projectsRight) {
    for (int i = 0; i < on.leftKeys().size(); i++) {
      int a = on.leftKeys().get(i);
      int b = on.rightKeys().get(i);
      double values = Math.min(left.distinct(a), right.distinct(b));
      columns.set(a, columns.get(a).withDistinct(Math.min(columns.get(a).distinct(), values)));
      if (projectsRight) {
        int c = left.columns().size() + b;
        columns.set(c, columns.get(c).withDistinct(Math.min(columns.get(c).distinct(), values)));
      }
    }
  }

  private String source() {
    if (on.leftKeys().isEmpty()) {
      return "guess";
    }
    ColumnEstimate a = left.column(on.leftKeys().getFirst());
    ColumnEstimate b = right.column(on.rightKeys().getFirst());
    return a.distinct() >= b.distinct() ? a.source() : b.source();
  }
}
