package io.frazil.sql.estimate;

import io.frazil.sql.bind.EngineCast;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/// Which part of a relation's rows passes a condition: by distinct counts for equality, by bounds
/// for ranges, by convention for the rest.
final class Selectivity {
  private static final double UNKNOWN = 0.25;
  private static final double UNKNOWN_RANGE = 0.2;
  private static final double PREFIX_LIKE = 0.02;
  private static final double LIKE = 0.05;
  private static final double LEAST_RANGE = 0.0001;
  private static final double MICROS = 1e6;

  private final RelationEstimate input;
  private final RexBuilder builder;

  Selectivity(RelationEstimate input, RexBuilder builder) {
    this.input = input;
    this.builder = builder;
  }

  /// One side of a range: the part of the column's values below (or, `lower`, above) a constant.
  private record Bound(int column, boolean lower, double position, double value) {}

  double of(RexNode condition) {
    var ranges = new HashMap<Integer, double[]>();
    double selectivity = 1;
    for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
      Bound bound = bound(conjunct);
      if (bound == null) {
        selectivity *= one(conjunct);
      } else {
        double[] range = ranges.computeIfAbsent(bound.column, _ -> new double[] {0, 1});
        int end = bound.lower ? 0 : 1;
        range[end] =
            bound.lower ? Math.max(range[0], bound.position) : Math.min(range[1], bound.position);
      }
    }
    for (Map.Entry<Integer, double[]> range : ranges.entrySet()) {
      double width = range.getValue()[1] - range.getValue()[0];
      double values = input.column(range.getKey()).distinct();
      selectivity *= Math.clamp(width, Math.max(LEAST_RANGE, 1 / values / 2), 1);
    }
    return selectivity;
  }

  /// The columns after the condition: a range narrows the bounds, an equality leaves one value.
  List<ColumnEstimate> narrow(RexNode condition) {
    var columns = new ArrayList<>(input.columns());
    for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
      Bound bound = bound(conjunct);
      if (bound != null) {
        narrow(columns, bound);
      } else if (conjunct.getKind() == SqlKind.EQUALS) {
        RexCall call = (RexCall) conjunct;
        RexNode a = strip(call.getOperands().get(0));
        if (a instanceof RexInputRef ref
            && strip(call.getOperands().get(1)) instanceof RexLiteral) {
          columns.set(ref.getIndex(), columns.get(ref.getIndex()).withDistinct(1));
        }
      }
    }
    return columns;
  }

  private static void narrow(List<ColumnEstimate> columns, Bound bound) {
    ColumnEstimate column = columns.get(bound.column);
    double low = bound.lower ? Math.max(column.min(), bound.value) : column.min();
    double high = bound.lower ? column.max() : Math.min(column.max(), bound.value);
    if (low <= high) {
      double width = Math.max(1e-9, column.max() - column.min());
      double part = Math.min(1, (high - low) / width);
      columns.set(
          bound.column,
          column.withRange(low, high).withDistinct(Math.max(1, column.distinct() * part)));
    }
  }

  private double one(RexNode node) {
    if (node.isAlwaysTrue()) {
      return 1;
    }
    if (node.isAlwaysFalse()) {
      return 0;
    }
    if (!(node instanceof RexCall call)) {
      return 0.5;
    }
    return switch (call.getKind()) {
      case AND -> of(call);
      case OR -> either(call);
      case NOT -> 1 - one(call.getOperands().getFirst());
      case IS_NULL -> nulls(call.getOperands().getFirst(), UNKNOWN);
      case IS_NOT_NULL -> 1 - nulls(call.getOperands().getFirst(), 0);
      case EQUALS, IS_NOT_DISTINCT_FROM -> equality(call);
      case NOT_EQUALS, IS_DISTINCT_FROM -> 1 - equality(call);
      case SEARCH -> search(call);
      case LIKE -> like(call);
      case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> UNKNOWN_RANGE;
      default -> UNKNOWN;
    };
  }

  private double either(RexCall or) {
    double none = 1;
    for (RexNode operand : or.getOperands()) {
      none *= 1 - of(operand);
    }
    return 1 - none;
  }

  private double nulls(RexNode operand, double otherwise) {
    return strip(operand) instanceof RexInputRef ref
        ? input.column(ref.getIndex()).nulls()
        : otherwise;
  }

  private double equality(RexCall call) {
    double distinct = 1;
    for (RexNode operand : call.getOperands()) {
      if (strip(operand) instanceof RexInputRef ref) {
        distinct = Math.max(distinct, input.column(ref.getIndex()).distinct());
      }
    }
    return distinct > 1 ? 1 / distinct : 0.1;
  }

  private double search(RexCall call) {
    RexNode expanded = RexUtil.expandSearch(builder, null, call);
    return expanded.getKind() == SqlKind.SEARCH ? UNKNOWN : of(expanded);
  }

  private static double like(RexCall call) {
    boolean prefix =
        call.getOperands().get(1) instanceof RexLiteral pattern
            && !String.valueOf(RexLiteral.stringValue(pattern)).startsWith("%");
    return prefix ? PREFIX_LIKE : LIKE;
  }

  private @Nullable Bound bound(RexNode node) {
    if (!(node instanceof RexCall call) || call.getOperands().size() != 2) {
      return null;
    }
    RexNode left = strip(call.getOperands().get(0));
    RexNode right = strip(call.getOperands().get(1));
    SqlKind kind = call.getKind();
    if (left instanceof RexLiteral constant && right instanceof RexInputRef column) {
      return bound(kind.reverse(), column, constant);
    }
    return left instanceof RexInputRef ref && right instanceof RexLiteral literal
        ? bound(kind, ref, literal)
        : null;
  }

  private @Nullable Bound bound(SqlKind kind, RexInputRef ref, RexLiteral literal) {
    ColumnEstimate column = input.column(ref.getIndex());
    double value = number(literal);
    if (!column.bounded() || Double.isNaN(value)) {
      return null;
    }
    double width = Math.max(1e-9, column.max() - column.min());
    double position = Math.clamp((value - column.min()) / width, 0, 1);
    return switch (kind) {
      case GREATER_THAN, GREATER_THAN_OR_EQUAL -> new Bound(ref.getIndex(), true, position, value);
      case LESS_THAN, LESS_THAN_OR_EQUAL -> new Bound(ref.getIndex(), false, position, value);
      default -> null;
    };
  }

  private static RexNode strip(RexNode node) {
    RexNode stripped = node;
    while (stripped instanceof RexCall call
        && (call.getKind() == SqlKind.CAST || call.getOperator() instanceof EngineCast)) {
      stripped = call.getOperands().getFirst();
    }
    return stripped;
  }

  private static double number(RexLiteral literal) {
    if (literal.isNull()) {
      return Double.NaN;
    }
    return switch (literal.getTypeName()) {
      case DECIMAL, DOUBLE, BIGINT -> value(literal.getValueAs(BigDecimal.class));
      case DATE -> {
        DateString date = literal.getValueAs(DateString.class);
        yield date == null ? Double.NaN : date.getDaysSinceEpoch();
      }
      case TIMESTAMP -> {
        TimestampString time = literal.getValueAs(TimestampString.class);
        yield time == null ? Double.NaN : time.getMillisSinceEpoch() * (MICROS / 1000);
      }
      default -> Double.NaN;
    };
  }

  private static double value(@Nullable BigDecimal number) {
    return number == null ? Double.NaN : number.doubleValue();
  }
}
