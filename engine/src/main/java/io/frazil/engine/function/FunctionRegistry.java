package io.frazil.engine.function;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The functions that SQL can call, by name. Not changed once a query uses it: [#with] copies.
///
/// SQL's own scalar functions are made when the first of them is asked for: they are many, and a
/// fresh process that calls none does not wait for them.
public final class FunctionRegistry {
  private final boolean hasBuiltIn;

  /// Besides those.
  private final Map<String, ScalarFunction> scalars;

  private final Map<String, AggregateFunction> aggregates;

  private FunctionRegistry(
      boolean hasBuiltIn,
      Map<String, ScalarFunction> scalars,
      Map<String, AggregateFunction> aggregates) {
    this.hasBuiltIn = hasBuiltIn;
    this.scalars = scalars;
    this.aggregates = aggregates;
  }

  /// Without any function.
  public static FunctionRegistry empty() {
    return new FunctionRegistry(false, new TreeMap<>(), new TreeMap<>());
  }

  /// With SQL's own scalar functions.
  static FunctionRegistry builtIn() {
    return new FunctionRegistry(true, new TreeMap<>(), new TreeMap<>());
  }

  /// And this one, in place of another of its name.
  public FunctionRegistry with(ScalarFunction function) {
    var copy = new TreeMap<>(scalars);
    copy.put(function.name(), function);
    return new FunctionRegistry(hasBuiltIn, copy, aggregates);
  }

  /// And this one, in place of another of its name.
  public FunctionRegistry with(AggregateFunction function) {
    var copy = new TreeMap<>(aggregates);
    copy.put(function.name(), function);
    return new FunctionRegistry(hasBuiltIn, scalars, copy);
  }

  public Optional<ScalarFunction> scalar(String name) {
    ScalarFunction added = scalars.get(name);
    return added == null && hasBuiltIn
        ? Optional.ofNullable(BuiltInFunctions.byName().get(name))
        : Optional.ofNullable(added);
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
    if (!hasBuiltIn) {
      return scalars.keySet();
    }
    var names = new TreeSet<>(BuiltInFunctions.byName().keySet());
    names.addAll(scalars.keySet());
    return names;
  }

  /// Whether SQL's own scalar functions are among them.
  public boolean hasBuiltIn() {
    return hasBuiltIn;
  }

  /// The names of those scalar functions that are not SQL's own, or stand in place of one.
  public Set<String> addedScalarNames() {
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
