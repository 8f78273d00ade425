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
public record AggregateCall(
    String function,
    List<Integer> arguments,
    @Nullable Integer filter,
    String name,
    DataType type,
    boolean nullable,
    List<Field> state) {
  public AggregateCall {
    arguments = List.copyOf(arguments);
    state = List.copyOf(state);
  }

  /// The column of its result.
  public Field field() {
    return new Field(name, type, nullable);
  }
}
