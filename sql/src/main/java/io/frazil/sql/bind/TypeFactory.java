package io.frazil.sql.bind;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DecimalTypes;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/// Calcite's type factory without the types that the engine does not have: all text is VARCHAR of
/// any length (so that nothing is ever padded), FLOAT is DOUBLE, and time has 6 or 9 digits.
final class TypeFactory extends SqlTypeFactoryImpl {
  private static final int MICROS = 6;
  private static final int NANOS = 9;

  TypeFactory(RelDataTypeSystem system) {
    super(system);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  /// Of decimals what [DecimalTypes] says: Calcite gives up digits behind the point where precision
  /// ends. A NULL among them has no digits.
  @Override
  public @Nullable RelDataType leastRestrictive(List<RelDataType> types) {
    List<RelDataType> numbers = types.stream().filter(t -> !SqlTypeUtil.isNull(t)).toList();
    boolean exact = numbers.stream().allMatch(SqlTypeUtil::isExactNumeric);
    if (!exact || numbers.stream().noneMatch(SqlTypeUtil::isDecimal)) {
      return super.leastRestrictive(types);
    }
    DataType.Decimal common =
        numbers.stream()
            .map(t -> DecimalTypes.of(RelTypes.toEngine(t)))
            .reduce(DecimalTypes::common)
            .orElseThrow();
    return RelTypes.toRel(this, common, types.stream().anyMatch(RelDataType::isNullable));
  }

  @Override
  public RelDataType createSqlType(SqlTypeName name) {
    return switch (name) {
      case CHAR -> super.createSqlType(SqlTypeName.VARCHAR);
      case FLOAT -> super.createSqlType(SqlTypeName.DOUBLE);
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> super.createSqlType(name, MICROS);
      default -> super.createSqlType(name);
    };
  }

  @Override
  public RelDataType createSqlType(SqlTypeName name, int precision) {
    return switch (name) {
      case CHAR, VARCHAR ->
          super.createSqlType(SqlTypeName.VARCHAR, RelDataType.PRECISION_NOT_SPECIFIED);
      case FLOAT -> super.createSqlType(SqlTypeName.DOUBLE);
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          super.createSqlType(name, precision > MICROS ? NANOS : MICROS);
      default -> super.createSqlType(name, precision);
    };
  }
}
