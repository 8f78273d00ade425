package io.frazil.engine.parquet.prune;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Says whether rows of which only bounds are known might pass conjuncts.
///
/// A condition is followed in three-valued logic as the set of what it may be: true, false, null.
/// What is not understood may be all of them.
public final class Pruner {
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int NULL = 4;
  private static final int ANYTHING = TRUE | FALSE | NULL;

  private final IntFunction<Bounds> columns;
  private final Absence absence;

  private Pruner(IntFunction<Bounds> columns, Absence absence) {
    this.columns = columns;
    this.absence = absence;
  }

  /// Whether a row may exist for which all conjuncts are true.
  ///
  /// @param columns what is known of each column
  public static boolean mightPass(List<Expression> conjuncts, IntFunction<Bounds> columns) {
    return mightPass(conjuncts, columns, Absence.UNKNOWN);
  }

  /// The same where more is known than bounds.
  public static boolean mightPass(
      List<Expression> conjuncts, IntFunction<Bounds> columns, Absence absence) {
    var pruner = new Pruner(columns, absence);
    return conjuncts.stream().allMatch(conjunct -> (pruner.outcomes(conjunct) & TRUE) != 0);
  }

  private int outcomes(Expression expression) {
    return switch (expression) {
      case Expression.And and -> and(and.operands());
      case Expression.Or or -> or(or.operands());
      case Expression.Not not -> negated(outcomes(not.operand()));
      case Expression.IsNull isNull -> isNull(isNull.operand());
      case Expression.Comparison comparison -> comparison(comparison);
      case Expression.InList in -> in(in);
      case Expression.Literal literal ->
          literal.value() instanceof Boolean value ? (value ? TRUE : FALSE) : NULL;
      case Expression.Column column ->
          compared(
              ComparisonOperator.EQUAL,
              columns.apply(column.index()),
              new Bounds(true, true, false, true));
      case Expression.Arithmetic _,
          Expression.Negate _,
          Expression.Cast _,
          Expression.Case _,
          Expression.Coalesce _,
          Expression.Call _ ->
          ANYTHING;
    };
  }

  private int and(List<Expression> operands) {
    int all = ANYTHING;
    int any = 0;
    for (Expression operand : operands) {
      int outcomes = outcomes(operand);
      all &= outcomes;
      any |= outcomes;
    }
    return (all & TRUE) | (any & (FALSE | NULL));
  }

  private int or(List<Expression> operands) {
    int all = ANYTHING;
    int any = 0;
    for (Expression operand : operands) {
      int outcomes = outcomes(operand);
      all &= outcomes;
      any |= outcomes;
    }
    return (all & FALSE) | (any & (TRUE | NULL));
  }

  private static int negated(int outcomes) {
    return (outcomes & NULL)
        | ((outcomes & TRUE) != 0 ? FALSE : 0)
        | ((outcomes & FALSE) != 0 ? TRUE : 0);
  }

  private int isNull(Expression operand) {
    Bounds bounds = bounds(operand);
    if (bounds == null) {
      return TRUE | FALSE;
    }
    return (bounds.mayBeNull() ? TRUE : 0) | (bounds.mayBeValue() ? FALSE : 0);
  }

  private int comparison(Expression.Comparison comparison) {
    int outcomes =
        compared(comparison.operator(), bounds(comparison.left()), bounds(comparison.right()));
    boolean equality =
        comparison.operator() == ComparisonOperator.EQUAL
            || comparison.operator() == ComparisonOperator.NOT_DISTINCT;
    return equality ? withoutAbsent(outcomes, comparison.left(), comparison.right()) : outcomes;
  }

  /// What an equality may be, given that no row may have the value.
  private int withoutAbsent(int outcomes, Expression left, Expression right) {
    boolean absent =
        (outcomes & TRUE) != 0
            && left instanceof Expression.Column column
            && right instanceof Expression.Literal literal
            && literal.value() != null
            && absence.isAbsent(column.index(), literal);
    return absent ? (outcomes & NULL) | FALSE : outcomes;
  }

  private int in(Expression.InList in) {
    Bounds bounds = bounds(in.value());
    int all = ANYTHING;
    int any = 0;
    for (Expression.Literal literal : in.list()) {
      int outcomes =
          withoutAbsent(
              compared(ComparisonOperator.EQUAL, bounds, Bounds.of(literal)), in.value(), literal);
      all &= outcomes;
      any |= outcomes;
    }
    return in.list().isEmpty() ? ANYTHING : (all & FALSE) | (any & (TRUE | NULL));
  }

  /// What is known of an operand's value; null where nothing is, not even of its kind.
  private @Nullable Bounds bounds(Expression expression) {
    return switch (expression) {
      case Expression.Column column -> columns.apply(column.index());
      case Expression.Literal literal -> Bounds.of(literal);
      case Expression.And _,
          Expression.Or _,
          Expression.Not _,
          Expression.IsNull _,
          Expression.Comparison _,
          Expression.InList _,
          Expression.Arithmetic _,
          Expression.Negate _,
          Expression.Cast _,
          Expression.Case _,
          Expression.Coalesce _,
          Expression.Call _ ->
          null;
    };
  }

  private static int compared(
      ComparisonOperator operator, @Nullable Bounds left, @Nullable Bounds right) {
    if (left == null || right == null) {
      return ANYTHING;
    }
    if (operator.nullSafe()) {
      int same = nullSafeEqual(left, right);
      return operator == ComparisonOperator.NOT_DISTINCT ? same : negated(same);
    }
    int ifNull = left.mayBeNull() || right.mayBeNull() ? NULL : 0;
    return left.mayBeValue() && right.mayBeValue()
        ? ifNull | valuesCompared(operator, left, right)
        : ifNull;
  }

  private static int nullSafeEqual(Bounds left, Bounds right) {
    boolean values = left.mayBeValue() && right.mayBeValue();
    boolean equal = (left.mayBeNull() && right.mayBeNull()) || (values && left.mayBeEqual(right));
    boolean different =
        (values && left.mayDiffer(right))
            || (left.mayBeNull() && right.mayBeValue())
            || (left.mayBeValue() && right.mayBeNull());
    return (equal ? TRUE : 0) | (different ? FALSE : 0);
  }

  private static int valuesCompared(ComparisonOperator operator, Bounds left, Bounds right) {
    return switch (operator) {
      case LESS -> either(left.mayBeLess(right), right.mayBeLessOrEqual(left));
      case LESS_OR_EQUAL -> either(left.mayBeLessOrEqual(right), right.mayBeLess(left));
      case GREATER -> either(right.mayBeLess(left), left.mayBeLessOrEqual(right));
      case GREATER_OR_EQUAL -> either(right.mayBeLessOrEqual(left), left.mayBeLess(right));
      case EQUAL, NOT_DISTINCT -> either(left.mayBeEqual(right), left.mayDiffer(right));
      case NOT_EQUAL, DISTINCT -> either(left.mayDiffer(right), left.mayBeEqual(right));
    };
  }

  private static int either(boolean mayBeTrue, boolean mayBeFalse) {
    return (mayBeTrue ? TRUE : 0) | (mayBeFalse ? FALSE : 0);
  }
}
