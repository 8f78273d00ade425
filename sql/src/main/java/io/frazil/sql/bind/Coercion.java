package io.frazil.sql.bind;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/// Calcite's implicit casts, but none of text to a number: `sum(name)` and `name + 1` are mistakes.
final class Coercion extends TypeCoercionImpl {
  Coercion(RelDataTypeFactory types, SqlValidator validator) {
    super(types, validator);
  }

  @Override
  public @Nullable RelDataType implicitCast(RelDataType in, SqlTypeFamily expected) {
    boolean number =
        expected == SqlTypeFamily.NUMERIC
            || expected == SqlTypeFamily.EXACT_NUMERIC
            || expected == SqlTypeFamily.APPROXIMATE_NUMERIC
            || expected == SqlTypeFamily.INTEGER
            || expected == SqlTypeFamily.DECIMAL;
    return number && SqlTypeUtil.isCharacter(in) ? null : super.implicitCast(in, expected);
  }

  @Override
  public boolean binaryArithmeticCoercion(SqlCallBinding binding) {
    boolean text = binding.collectOperandTypes().stream().anyMatch(SqlTypeUtil::isCharacter);
    return !text && super.binaryArithmeticCoercion(binding);
  }
}
