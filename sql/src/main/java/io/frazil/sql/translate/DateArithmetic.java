package io.frazil.sql.translate;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Negate;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/// Dates and times plus and minus intervals. An interval is never a value of its own: it is an
/// amount of months, or one of milliseconds, that the function adding it takes.
final class DateArithmetic {
  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final long MICROS_PER_MILLI = 1_000L;

  private final Functions functions;
  private final Function<RexNode, Expression> translate;

  DateArithmetic(Functions functions, Function<RexNode, Expression> translate) {
    this.functions = functions;
    this.translate = translate;
  }

  static boolean isInterval(RexNode node) {
    return SqlTypeName.INTERVAL_TYPES.contains(node.getType().getSqlTypeName());
  }

  Expression add(RexNode time, RexNode interval, boolean minus, DataType wanted) {
    Expression value = translate.apply(time);
    if (SqlTypeName.YEAR_INTERVAL_TYPES.contains(interval.getType().getSqlTypeName())) {
      Expression months = signed(Casts.to(amount(interval, 1), Types.INTEGER), minus);
      return Casts.to(functions.call("date_add_months", List.of(value, months)), wanted);
    }
    if (value.type() == Types.DATE && wanted == Types.DATE && wholeDays(interval)) {
      Expression days = signed(Casts.to(amount(interval, MILLIS_PER_DAY), Types.INTEGER), minus);
      return functions.call("date_add_days", List.of(value, days));
    }
    Expression stamp = value.type() == Types.DATE ? Casts.to(value, Types.TIMESTAMP) : value;
    Expression micros = signed(Operators.times(amount(interval, 1), MICROS_PER_MILLI), minus);
    return Casts.to(functions.call("timestamp_add_micros", List.of(stamp, micros)), wanted);
  }

  private static Expression signed(Expression amount, boolean minus) {
    if (!minus) {
      return amount;
    }
    return amount instanceof Expression.Literal(Object value, DataType type)
            && value instanceof Long number
        ? new Expression.Literal(Math.negateExact(number), type)
        : new Negate(amount);
  }

  private static boolean wholeDays(RexNode interval) {
    return switch (interval.getKind()) {
      case LITERAL -> value(interval).remainder(BigDecimal.valueOf(MILLIS_PER_DAY)).signum() == 0;
      case TIMES, CHECKED_TIMES -> factors(interval).stream().anyMatch(DateArithmetic::wholeFactor);
      default -> false;
    };
  }

  private static boolean wholeFactor(RexNode factor) {
    return isInterval(factor) && wholeDays(factor);
  }

  /// The interval in its base unit (months or milliseconds), divided by `unit`.
  private Expression amount(RexNode interval, long unit) {
    if (interval instanceof RexLiteral) {
      long amount = value(interval).longValueExact() / unit;
      return new Expression.Literal(amount, Types.BIGINT);
    }
    if (interval.getKind() == SqlKind.TIMES || interval.getKind() == SqlKind.CHECKED_TIMES) {
      List<RexNode> factors = factors(interval);
      RexNode length = isInterval(factors.get(0)) ? factors.get(0) : factors.get(1);
      RexNode count = length == factors.get(0) ? factors.get(1) : factors.get(0);
      if (length instanceof RexLiteral && translate.apply(count).type().isInteger()) {
        return Operators.times(translate.apply(count), value(length).longValueExact() / unit);
      }
    }
    if (interval.getKind() == SqlKind.MINUS_PREFIX) {
      return new Negate(amount(((RexCall) interval).getOperands().getFirst(), unit));
    }
    throw new FrazilException(
        ErrorCode.NOT_SUPPORTED, "Intervals that are not constants are not supported yet");
  }

  private static List<RexNode> factors(RexNode product) {
    return ((RexCall) product).getOperands();
  }

  private static BigDecimal value(RexNode literal) {
    BigDecimal value = ((RexLiteral) literal).getValueAs(BigDecimal.class);
    return value == null ? BigDecimal.ZERO : value;
  }
}
