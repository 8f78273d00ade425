package io.frazil.sql.bind;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.sql.parser.Positions;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlMonotonicBinaryOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/// `+` and `-` with what they mean of dates besides intervals: `date + 3`, `3 + date` and `date -
/// 3` are dates, `date - date` is a number of days. Everything else is as Calcite's own operators
/// have it.
final class DateOperators {
  static final SqlBinaryOperator PLUS = operator(SqlStdOperatorTable.PLUS);
  static final SqlBinaryOperator MINUS = operator(SqlStdOperatorTable.MINUS);

  private DateOperators() {}

  /// What a pair of operands asks for.
  enum Meaning {
    /// None of ours.
    OTHER,
    DATE_AND_DAYS,
    DAYS_AND_DATE,
    DATE_AND_DATE
  }

  static Meaning meaning(SqlKind kind, RelDataType left, RelDataType right) {
    boolean days = SqlTypeUtil.isIntType(right);
    if (isDate(left) && days) {
      return Meaning.DATE_AND_DAYS;
    }
    if (kind == SqlKind.PLUS && SqlTypeUtil.isIntType(left) && isDate(right)) {
      return Meaning.DAYS_AND_DATE;
    }
    return kind == SqlKind.MINUS && isDate(left) && isDate(right)
        ? Meaning.DATE_AND_DATE
        : Meaning.OTHER;
  }

  private static boolean isDate(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DATE;
  }

  private static SqlBinaryOperator operator(SqlBinaryOperator standard) {
    return new SqlMonotonicBinaryOperator(
        standard.getName(),
        standard.getKind(),
        standard.getLeftPrec(),
        true,
        binding -> result(standard, binding),
        InferTypes.FIRST_KNOWN,
        new Operands(standard));
  }

  private static RelDataType result(SqlBinaryOperator standard, SqlOperatorBinding binding) {
    RelDataType left = binding.getOperandType(0);
    RelDataType right = binding.getOperandType(1);
    SqlTypeName type =
        switch (meaning(standard.getKind(), left, right)) {
          case DATE_AND_DAYS, DAYS_AND_DATE -> SqlTypeName.DATE;
          case DATE_AND_DATE -> SqlTypeName.BIGINT;
          case OTHER -> null;
        };
    var types = binding.getTypeFactory();
    return type == null
        ? standard.inferReturnType(binding)
        : types.createTypeWithNullability(
            types.createSqlType(type), left.isNullable() || right.isNullable());
  }

  private record Operands(SqlBinaryOperator standard) implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
      List<RelDataType> types = binding.collectOperandTypes();
      if (meaning(standard.getKind(), types.get(0), types.get(1)) != Meaning.OTHER) {
        return true;
      }
      boolean times = types.stream().allMatch(SqlTypeUtil::isDatetime);
      if (standard.getKind() == SqlKind.MINUS && times && throwOnFailure) {
        throw new FrazilException(
            ErrorCode.NOT_SUPPORTED,
            "The difference of timestamps is an interval, which is not supported yet as a value",
            Positions.of(binding.getCall().getParserPosition()),
            null);
      }
      SqlOperandTypeChecker checker = standard.getOperandTypeChecker();
      return checker == null || checker.checkOperandTypes(binding, throwOnFailure);
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.of(2);
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      SqlOperandTypeChecker checker = standard.getOperandTypeChecker();
      return checker == null ? "" : checker.getAllowedSignatures(operator, name);
    }
  }
}
