package io.frazil.sql.bind;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;

/// A scalar function of the registry as an operator of Calcite's.
public final class RegistryScalar extends SqlFunction {
  private final ScalarFunction function;

  RegistryScalar(ScalarFunction function) {
    super(
        function.name(),
        SqlKind.OTHER_FUNCTION,
        binding -> result(function, binding),
        null,
        new RegistryOperands(types -> function.resolve(types).isPresent()),
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.function = function;
  }

  public ScalarFunction function() {
    return function;
  }

  @Override
  public boolean isDeterministic() {
    return function.volatility() != ScalarFunction.Volatility.VOLATILE;
  }

  @Override
  public boolean isDynamicFunction() {
    return function.volatility() == ScalarFunction.Volatility.STABLE;
  }

  private static RelDataType result(ScalarFunction function, SqlOperatorBinding binding) {
    List<RelDataType> operands = binding.collectOperandTypes();
    ScalarFunction.Signature signature = function.resolve(types(operands)).orElseThrow();
    boolean nullable = signature.nullable() || operands.stream().anyMatch(RelDataType::isNullable);
    return RelTypes.toRel(binding.getTypeFactory(), signature.result(), nullable);
  }

  static List<DataType> types(List<RelDataType> types) {
    var engine = new ArrayList<DataType>();
    types.forEach(t -> engine.add(RelTypes.toEngine(t)));
    return engine;
  }

  /// The operands' types, or empty where one is none of the engine's.
  static Optional<List<DataType>> known(List<RelDataType> types) {
    try {
      return Optional.of(types(types));
    } catch (FrazilException e) {
      return Optional.empty();
    }
  }
}
