package io.frazil.engine.plan;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One aggregate of a [PhysicalPlan.HashAggregate].
///
/// @param function its name in the registry
/// @param arguments columns of the input; none for `count(*)`
/// @param filter a boolean column of the input that a row must have true to count, or null
/// @param state the columns that its partial state has
/// @param argumentTypes what the arguments were cast to: where states come in, the input no longer
///   shows them. Empty where not known, which phases that see the arguments allow.
public record AggregateCall(
    String function,
    List<Integer> arguments,
    @Nullable Integer filter,
    String name,
    DataType type,
    boolean nullable,
    List<Field> state,
    List<DataType> argumentTypes) {
  public AggregateCall {
    arguments = List.copyOf(arguments);
    state = List.copyOf(state);
    argumentTypes = List.copyOf(argumentTypes);
  }

  /// A call whose argument types its input shows.
  public AggregateCall(
      String function,
      List<Integer> arguments,
      @Nullable Integer filter,
      String name,
      DataType type,
      boolean nullable,
      List<Field> state) {
    this(function, arguments, filter, name, type, nullable, state, List.of());
  }

  /// The column of its result.
  public Field field() {
    return new Field(name, type, nullable);
  }
}
