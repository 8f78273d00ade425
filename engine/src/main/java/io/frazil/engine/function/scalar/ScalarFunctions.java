package io.frazil.engine.function.scalar;

import io.frazil.engine.function.ScalarFunction;
import java.util.List;

/// The list of the built-in scalar functions.
public final class ScalarFunctions {
  private ScalarFunctions() {}

  public static List<ScalarFunction> all() {
    return List.of(LikeFunction.like(), LikeFunction.ilike());
  }
}
