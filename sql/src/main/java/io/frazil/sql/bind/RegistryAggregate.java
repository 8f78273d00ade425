package io.frazil.sql.bind;

import io.frazil.engine.function.AggregateFunction;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.util.Optionality;

/// An aggregate function of the registry, other than SQL's own five, as Calcite sees it.
public final class RegistryAggregate extends SqlAggFunction {
  RegistryAggregate(AggregateFunction function) {
    super(
        function.name(),
        null,
        SqlKind.OTHER_FUNCTION,
        binding -> result(function, binding),
        null,
        new RegistryOperands(types -> function.resolve(types).isPresent()),
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        false,
        false,
        Optionality.FORBIDDEN);
  }

  private static RelDataType result(AggregateFunction function, SqlOperatorBinding binding) {
    List<RelDataType> operands = binding.collectOperandTypes();
    AggregateFunction.Signature signature =
        function.resolve(RegistryScalar.types(operands)).orElseThrow();
    boolean nullable =
        signature.nullable()
            && (signature.nulls() == AggregateFunction.Nulls.WITH_VALUES
                || binding.hasEmptyGroup()
                || binding.hasFilter()
                || operands.stream().anyMatch(RelDataType::isNullable));
    return RelTypes.toRel(binding.getTypeFactory(), signature.result(), nullable);
  }
}
