package io.frazil.engine.function;

import io.frazil.engine.function.scalar.ScalarFunctions;
import java.util.Map;
import java.util.TreeMap;

/// SQL's own scalar functions.
public final class BuiltInFunctions {
  private BuiltInFunctions() {}

  /// All of them, made when they are first needed.
  private static final class Made {
    static final Map<String, ScalarFunction> BY_NAME = new TreeMap<>();

    static {
      for (ScalarFunction function : ScalarFunctions.all()) {
        BY_NAME.put(function.name(), function);
      }
    }
  }

  /// A registry of them.
  public static FunctionRegistry registry() {
    return FunctionRegistry.builtIn();
  }

  static Map<String, ScalarFunction> byName() {
    return Made.BY_NAME;
  }
}
