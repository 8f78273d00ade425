package io.frazil.sql.bind;

import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DataType.Decimal;
import io.frazil.engine.type.DecimalTypes;
import java.util.List;
import java.util.function.BinaryOperator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/// The result types of operators, as the engine decides them: decimals by [DecimalTypes], sums and
/// averages by the functions of that name.
final class TypeSystem extends RelDataTypeSystemImpl {
  private static final int TIME_DIGITS = 9;
  private static final int DEFAULT_TIME_DIGITS = 6;
  private static final int DEFAULT_SCALE = 10;

  private final FunctionRegistry functions;

  TypeSystem(FunctionRegistry functions) {
    this.functions = functions;
  }

  @Override
  public int getMaxPrecision(SqlTypeName type) {
    return switch (type) {
      case DECIMAL -> Decimal.MAX_PRECISION;
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIME -> TIME_DIGITS;
      default -> super.getMaxPrecision(type);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? Decimal.MAX_PRECISION : super.getMaxScale(type);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName type) {
    return switch (type) {
      case DECIMAL -> Decimal.MAX_PRECISION;
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> DEFAULT_TIME_DIGITS;
      default -> super.getDefaultPrecision(type);
    };
  }

  @Override
  public int getDefaultScale(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? DEFAULT_SCALE : super.getDefaultScale(type);
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }

  @Override
  public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
    return aggregate(factory, "sum", argument);
  }

  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
    return aggregate(factory, "avg", argument);
  }

  private RelDataType aggregate(RelDataTypeFactory factory, String name, RelDataType argument) {
    return functions
        .aggregate(name)
        .flatMap(f -> f.resolve(List.of(RelTypes.toEngine(argument))))
        .map(s -> RelTypes.toRel(factory, s.result(), argument.isNullable()))
        .orElse(argument);
  }

  @Override
  public @Nullable RelDataType deriveDecimalPlusType(
      RelDataTypeFactory factory, RelDataType a, RelDataType b) {
    return decimal(factory, a, b, DecimalTypes::add);
  }

  @Override
  public @Nullable RelDataType deriveDecimalMultiplyType(
      RelDataTypeFactory factory, RelDataType a, RelDataType b) {
    return decimal(factory, a, b, DecimalTypes::multiply);
  }

  @Override
  public @Nullable RelDataType deriveDecimalDivideType(
      RelDataTypeFactory factory, RelDataType a, RelDataType b) {
    return decimal(factory, a, b, DecimalTypes::divide);
  }

  @Override
  public @Nullable RelDataType deriveDecimalModType(
      RelDataTypeFactory factory, RelDataType a, RelDataType b) {
    return decimal(factory, a, b, DecimalTypes::modulo);
  }

  private static @Nullable RelDataType decimal(
      RelDataTypeFactory factory, RelDataType a, RelDataType b, BinaryOperator<Decimal> derive) {
    boolean exact = SqlTypeUtil.isExactNumeric(a) && SqlTypeUtil.isExactNumeric(b);
    if (!exact || !(SqlTypeUtil.isDecimal(a) || SqlTypeUtil.isDecimal(b))) {
      return null;
    }
    DataType result =
        derive.apply(DecimalTypes.of(RelTypes.toEngine(a)), DecimalTypes.of(RelTypes.toEngine(b)));
    return RelTypes.toRel(factory, result, a.isNullable() || b.isNullable());
  }
}
