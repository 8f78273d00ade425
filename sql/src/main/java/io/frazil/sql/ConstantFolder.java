package io.frazil.sql;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.FunctionRegistry;

/// Computes what does not depend on any row: by the kernels that would compute it later, so that
/// planning and running never disagree.
@FunctionalInterface
public interface ConstantFolder {
  /// Leaves everything to run time.
  ConstantFolder NONE = (expression, _) -> expression;

  /// An equal expression whose constant parts are literals. What fails stays as it is, for run time
  /// to fail if it is ever reached.
  Expression fold(Expression expression, FunctionRegistry functions);
}
