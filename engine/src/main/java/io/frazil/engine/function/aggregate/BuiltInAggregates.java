package io.frazil.engine.function.aggregate;

import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.function.FunctionRegistry;
import java.util.List;

/// Registers the aggregate functions of SQL.
public final class BuiltInAggregates {
  private BuiltInAggregates() {}

  /// The registry and these functions.
  public static FunctionRegistry register(FunctionRegistry registry) {
    List<AggregateFunction> functions =
        List.of(
            new CountFunction(),
            new SumFunction(),
            new AverageFunction(),
            ExtremeFunction.min(),
            ExtremeFunction.max(),
            ExtremeFunction.boolAnd(),
            ExtremeFunction.boolOr(),
            new AnyValueFunction(),
            new SingleValueFunction(),
            SpreadFunction.sampleVariance(),
            SpreadFunction.sampleDeviation(),
            SpreadFunction.populationVariance(),
            SpreadFunction.populationDeviation());
    FunctionRegistry all = registry;
    for (AggregateFunction function : functions) {
      all = all.with(function);
    }
    return all;
  }
}
