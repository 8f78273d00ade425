package io.frazil.sql.translate;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Calls of the registry's functions, arguments cast to what their signatures ask for.
final class Functions {
  private final FunctionRegistry registry;

  Functions(FunctionRegistry registry) {
    this.registry = registry;
  }

  FunctionRegistry registry() {
    return registry;
  }

  Expression call(String name, List<Expression> arguments) {
    ScalarFunction function =
        registry
            .scalar(name)
            .orElseThrow(() ->
                new FrazilException(
                    ErrorCode.NOT_SUPPORTED,
                    "Function '" + name.toLowerCase(Locale.ROOT) + "' is not supported yet"));
    return call(function, arguments);
  }

  Expression call(ScalarFunction function, List<Expression> arguments) {
    List<DataType> types = arguments.stream().map(Expression::type).toList();
    ScalarFunction.Signature signature =
        function
            .resolve(types)
            .orElseThrow(() ->
                new FrazilException(
                    ErrorCode.TYPE_MISMATCH,
                    "Function '%s' cannot be applied to (%s)"
                        .formatted(
                            function.name(),
                            String.join(", ", types.stream().map(DataType::text).toList()))));
    var cast = new ArrayList<Expression>();
    boolean nullable = signature.nullable();
    for (int i = 0; i < arguments.size(); i++) {
      cast.add(Casts.to(arguments.get(i), signature.arguments().get(i)));
      nullable |= arguments.get(i).nullable();
    }
    return new Expression.Call(function.name(), cast, signature.result(), nullable);
  }
}
