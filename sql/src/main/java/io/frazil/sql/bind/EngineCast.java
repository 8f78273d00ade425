package io.frazil.sql.bind;

import io.frazil.engine.expression.Expression.OnError;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.calcite.plan.Strong;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// A cast that Calcite must not take for one of its own: its rules drop the inner one of two casts
/// where that keeps the number, though a text, say, shows what type the number was of, and make
/// plain casts of those that give null instead of failing.
public final class EngineCast extends SqlFunction {
  private final OnError onError;

  private EngineCast(RelDataType type, OnError onError) {
    super(
        name(type, onError),
        SqlKind.OTHER_FUNCTION,
        binding ->
            binding
                .getTypeFactory()
                .createTypeWithNullability(
                    type, onError == OnError.NULL || binding.getOperandType(0).isNullable()),
        null,
        OperandTypes.ANY,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.onError = onError;
  }

  /// Two of one name are the same operator.
  private static String name(RelDataType type, OnError onError) {
    String cast = onError == OnError.NULL ? "try_cast" : "cast";
    return cast + " as " + type.toString().toLowerCase(Locale.ROOT);
  }

  static EngineCast to(RelDataType type, OnError onError) {
    return new EngineCast(type, onError);
  }

  /// Whether a cast that fails must be one of these.
  static boolean isNeeded(RelDataType from, RelDataType to) {
    SqlTypeName target = to.getSqlTypeName();
    return switch (from.getSqlTypeName()) {
      case BOOLEAN,
          TINYINT,
          SMALLINT,
          INTEGER,
          BIGINT,
          DECIMAL,
          DATE,
          TIMESTAMP,
          TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          target == SqlTypeName.VARCHAR;
      // As a decimal, a number is what it reads like as a REAL or as a DOUBLE.
      case REAL, DOUBLE -> target == SqlTypeName.VARCHAR || target == SqlTypeName.DECIMAL;
      default -> false;
    };
  }

  public OnError onError() {
    return onError;
  }

  @Override
  public @Nullable Supplier<Strong.Policy> getStrongPolicyInference() {
    return () -> onError == OnError.NULL ? Strong.Policy.AS_IS : Strong.Policy.ANY;
  }
}
