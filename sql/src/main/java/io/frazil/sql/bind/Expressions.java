package io.frazil.sql.bind;

import io.frazil.engine.expression.Expression.OnError;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/// Makes Calcite's expressions, with constants and casts that are to its rules what they are to the
/// engine: text in the order of its code points, REAL of a float's digits, and casts that are
/// [EngineCast]s where rules would make something else of them.
final class Expressions extends RexBuilder {
  Expressions(RelDataTypeFactory types) {
    super(types);
  }

  @Override
  public RexNode makeCast(
      SqlParserPos at,
      RelDataType type,
      RexNode operand,
      boolean matchNullability,
      boolean safe,
      RexLiteral format) {
    if (!(operand instanceof RexLiteral literal) || literal.isNull()) {
      return super.makeCast(at, type, operand, matchNullability, safe, format);
    }
    if (EngineCast.isNeeded(operand.getType(), type)) {
      return makeAbstractCast(at, type, operand, safe, format);
    }
    if (type.getSqlTypeName() == SqlTypeName.REAL && literal.getValue() instanceof Number number) {
      double nearest = number.floatValue();
      boolean exists = Double.isFinite(nearest) && (nearest != 0 || isZero(number));
      return exists
          ? super.makeCast(
              at,
              type,
              makeApproxLiteral(new BigDecimal(nearest), type),
              matchNullability,
              safe,
              format)
          : makeAbstractCast(at, type, operand, safe, format);
    }
    return super.makeCast(at, type, operand, matchNullability, safe, format);
  }

  /// Of a number that a double may not tell from zero.
  private static boolean isZero(Number number) {
    return number instanceof BigDecimal exact ? exact.signum() == 0 : number.doubleValue() == 0;
  }

  @Override
  public RexNode makeAbstractCast(
      SqlParserPos at, RelDataType type, RexNode operand, boolean safe) {
    boolean isNull = operand instanceof RexLiteral literal && literal.isNull();
    return !isNull && (safe || EngineCast.isNeeded(operand.getType(), type))
        ? makeCall(
            at, type, EngineCast.to(type, safe ? OnError.NULL : OnError.FAIL), List.of(operand))
        : super.makeAbstractCast(at, type, operand, safe);
  }

  @Override
  public RexNode makeAbstractCast(
      SqlParserPos at, RelDataType type, RexNode operand, boolean safe, RexLiteral format) {
    return format.isNull()
        ? makeAbstractCast(at, type, operand, safe)
        : super.makeAbstractCast(at, type, operand, safe, format);
  }

  @Override
  @SuppressWarnings("rawtypes")
  protected RexLiteral makeLiteral(
      @Nullable Comparable value, RelDataType type, SqlTypeName typeName) {
    return super.makeLiteral(
        value instanceof NlsString text ? CodePointOrder.of(text, type) : value, type, typeName);
  }
}
