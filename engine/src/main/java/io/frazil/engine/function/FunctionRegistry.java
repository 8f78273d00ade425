package io.frazil.engine.function;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The functions that SQL can call, by name. Not changed once a query uses it: [#with] copies.
public final class FunctionRegistry {
  private final Map<String, ScalarFunction> scalars;
  private final Map<String, AggregateFunction> aggregates;

  private FunctionRegistry(
      Map<String, ScalarFunction> scalars, Map<String, AggregateFunction> aggregates) {
    this.scalars = scalars;
    this.aggregates = aggregates;
  }

  /// Without any function.
  public static FunctionRegistry empty() {
    return new FunctionRegistry(new TreeMap<>(), new TreeMap<>());
  }

  /// And this one, in place of another of its name.
  public FunctionRegistry with(ScalarFunction function) {
    var copy = new TreeMap<>(scalars);
    copy.put(function.name(), function);
    return new FunctionRegistry(copy, aggregates);
  }

  /// And this one, in place of another of its name.
  public FunctionRegistry with(AggregateFunction function) {
    var copy = new TreeMap<>(aggregates);
    copy.put(function.name(), function);
    return new FunctionRegistry(scalars, copy);
  }

  public Optional<ScalarFunction> scalar(String name) {
    return Optional.ofNullable(scalars.get(name));
  }

  public Optional<AggregateFunction> aggregate(String name) {
    return Optional.ofNullable(aggregates.get(name));
  }

  /// The scalar function that a plan calls.
  ///
  /// @throws FrazilException FUNCTION_NOT_FOUND where this registry is not the planner's
  public ScalarFunction requireScalar(String name) {
    return scalar(name).orElseThrow(() -> missing(name));
  }

  /// The aggregate function that a plan calls.
  ///
  /// @throws FrazilException FUNCTION_NOT_FOUND where this registry is not the planner's
  public AggregateFunction requireAggregate(String name) {
    return aggregate(name).orElseThrow(() -> missing(name));
  }

  public Set<String> scalarNames() {
    return scalars.keySet();
  }

  public Set<String> aggregateNames() {
    return aggregates.keySet();
  }

  private static FrazilException missing(String name) {
    return new FrazilException(
        ErrorCode.FUNCTION_NOT_FOUND, "Function '" + name + "' is not registered");
  }
}
