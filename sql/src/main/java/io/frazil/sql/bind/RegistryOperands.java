package io.frazil.sql.bind;

import io.frazil.engine.type.DataType;
import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;

/// Asks the registry whether a function takes operands of some types; what they are cast to is
/// spelt out when the call becomes an expression.
record RegistryOperands(Predicate<List<DataType>> accepts) implements SqlOperandTypeChecker {
  @Override
  public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
    boolean fits =
        RegistryScalar.known(binding.collectOperandTypes()).map(accepts::test).orElse(false);
    if (!fits && throwOnFailure) {
      throw binding.newValidationSignatureError();
    }
    return fits;
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    return SqlOperandCountRanges.any();
  }

  @Override
  public String getAllowedSignatures(SqlOperator operator, String name) {
    return name + "(...)";
  }
}
