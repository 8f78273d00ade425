package io.frazil.engine.function;

import io.frazil.engine.function.scalar.ScalarFunctions;

/// SQL's own scalar functions.
public final class BuiltInFunctions {
  private BuiltInFunctions() {}

  /// All of them.
  public static FunctionRegistry registry() {
    var registry = FunctionRegistry.empty();
    for (ScalarFunction function : ScalarFunctions.all()) {
      registry = registry.with(function);
    }
    return registry;
  }
}
