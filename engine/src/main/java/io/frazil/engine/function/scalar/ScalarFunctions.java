package io.frazil.engine.function.scalar;

import io.frazil.engine.function.ScalarFunction;
import java.util.List;
import java.util.stream.Stream;

/// The list of the built-in scalar functions.
public final class ScalarFunctions {
  private ScalarFunctions() {}

  public static List<ScalarFunction> all() {
    return Stream.<List<? extends ScalarFunction>>of(
            List.of(
                LikeFunction.like(),
                LikeFunction.ilike(),
                CaseFunction.upper(),
                CaseFunction.lower(),
                ConcatFunction.operator(),
                ConcatFunction.skippingNulls()),
            TextFunctions.all(),
            DoubleFunction.all(),
            RoundingFunction.all(),
            ExtremeFunction.all(),
            List.of(new NullIfFunction(), new ModuloFunction(), new SingleRowFunction()),
            DateFunctions.all())
        .<ScalarFunction>flatMap(List::stream)
        .toList();
  }
}
