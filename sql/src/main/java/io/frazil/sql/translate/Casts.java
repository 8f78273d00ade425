package io.frazil.sql.translate;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Cast;
import io.frazil.engine.expression.Expression.Column;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.expression.Expression.OnError;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DecimalTypes;
import io.frazil.engine.type.Types;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings expressions to the types that the engine's contracts ask for.
final class Casts {
  private Casts() {}

  /// The expression as `type`; a literal changes its type at once where no digit is lost.
  static Expression to(Expression expression, DataType type) {
    if (expression.type().equals(type)) {
      return expression;
    }
    if (expression instanceof Literal literal) {
      return literal(literal, type);
    }
    return new Cast(expression, type, OnError.FAIL);
  }

  private static Expression literal(Literal literal, DataType type) {
    Object value = literal.value();
    if (value == null) {
      return new Literal(null, type);
    }
    if (value instanceof Long number && literal.type().isInteger()) {
      if (type.isInteger() && fits(number, type)) {
        return new Literal(number, type);
      }
      if (type.isFloating() && number == (long) (double) number) {
        return new Literal((double) number, type);
      }
      return decimal(literal, BigDecimal.valueOf(number), type);
    }
    return value instanceof BigDecimal number
        ? decimal(literal, number, type)
        : new Cast(literal, type, OnError.FAIL);
  }

  private static Expression decimal(Literal literal, BigDecimal value, DataType type) {
    if (type instanceof DataType.Decimal(int precision, int scale)
        && value.stripTrailingZeros().scale() <= scale) {
      BigDecimal scaled = value.setScale(scale, RoundingMode.UNNECESSARY);
      if (scaled.precision() <= precision) {
        return new Literal(scaled, type);
      }
    }
    return new Cast(literal, type, OnError.FAIL);
  }

  private static boolean fits(long value, DataType type) {
    return switch (type) {
      case DataType.Simple.TINYINT -> value == (byte) value;
      case DataType.Simple.SMALLINT -> value == (short) value;
      case DataType.Simple.INTEGER -> value == (int) value;
      default -> true;
    };
  }

  /// A column that was cast, without the cast, and what it is compared with as its own type.
  record Uncast(Expression column, List<Literal> constants) {}

  /// `CAST(column AS wider) < constant` → `column < constant`, where the cast loses nothing and the
  /// column's type holds the constants exactly; null where it doesn't apply. What prunes knows
  /// columns and not what is computed of them.
  static @Nullable Uncast uncast(Expression value, List<? extends Expression> constants) {
    if (!(value instanceof Cast(Column column, DataType wider, OnError _))
        || !isLossless(column.type(), wider)) {
      return null;
    }
    var exact = new ArrayList<Literal>();
    for (Expression constant : constants) {
      if (constant instanceof Literal literal
          && exactly(literal, column.type()) instanceof Literal same) {
        exact.add(same);
      }
    }
    return exact.size() == constants.size() ? new Uncast(column, exact) : null;
  }

  /// Whether every value has one of `to` that equals it, so that comparing either is the same.
  private static boolean isLossless(DataType from, DataType to) {
    boolean integer = from.isInteger();
    if (to.isFloating()) {
      return integer && from != Types.BIGINT && to == Types.DOUBLE;
    }
    if (integer && to.isInteger()) {
      return common(from, to).equals(to);
    }
    if (!(to instanceof DataType.Decimal(int precision, int scale))
        || !(integer || from instanceof DataType.Decimal)) {
      return false;
    }
    DataType.Decimal narrow = DecimalTypes.of(from);
    return narrow.scale() <= scale && narrow.precision() - narrow.scale() <= precision - scale;
  }

  /// The literal as `type`, or another expression where that isn't exact.
  private static Expression exactly(Literal literal, DataType type) {
    if (literal.value() instanceof BigDecimal number
        && type.isInteger()
        && number.stripTrailingZeros().scale() <= 0
        && number.toBigInteger().bitLength() < Long.SIZE) {
      return to(new Literal(number.longValue(), Types.BIGINT), type);
    }
    return to(literal, type);
  }

  /// Both as types that can be compared: one type, or decimals of one scale.
  static List<Expression> comparable(Expression a, Expression b) {
    DataType left = a.type();
    DataType right = b.type();
    if (left.equals(right)) {
      return List.of(a, b);
    }
    if (left instanceof DataType.Decimal(int _, int scale)
        && right instanceof DataType.Decimal(int _, int other)
        && scale == other) {
      return List.of(a, b);
    }
    DataType common = common(left, right);
    return common instanceof DataType.Decimal decimal
        ? List.of(scaled(a, decimal), scaled(b, decimal))
        : List.of(to(a, common), to(b, common));
  }

  /// As a decimal of `wanted`'s scale; one that has it keeps its precision.
  private static Expression scaled(Expression e, DataType.Decimal wanted) {
    return e.type() instanceof DataType.Decimal(int _, int scale) && scale == wanted.scale()
        ? e
        : to(e, wanted);
  }

  /// The type that holds the values of both.
  static DataType common(DataType a, DataType b) {
    if (a.equals(b)) {
      return a;
    }
    if (a.isNumeric() && b.isNumeric()) {
      return numeric(a, b);
    }
    if (a instanceof DataType.Timestamp x && b instanceof DataType.Timestamp y) {
      return new DataType.Timestamp(Math.max(x.precision(), y.precision()), x.zoned() || y.zoned());
    }
    if (a instanceof DataType.Timestamp && b == Types.DATE) {
      return a;
    }
    if (b instanceof DataType.Timestamp && a == Types.DATE) {
      return b;
    }
    return a == Types.VARCHAR ? b : a;
  }

  private static DataType numeric(DataType a, DataType b) {
    if (a.isFloating() || b.isFloating()) {
      return Types.DOUBLE;
    }
    if (a.isInteger() && b.isInteger()) {
      return ((DataType.Simple) a).ordinal() > ((DataType.Simple) b).ordinal() ? a : b;
    }
    return DecimalTypes.common(DecimalTypes.of(a), DecimalTypes.of(b));
  }
}
