package io.frazil.engine.function.aggregate;

import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Types;
import java.util.List;
import java.util.Optional;

/// `min(x)` and `max(x)` of any type, in SQL's order (NaN greatest, text by its bytes), and what is
/// the same of booleans: `bool_and(x)` and `bool_or(x)`. Null where all are.
final class ExtremeFunction implements AggregateFunction {
  /// Which end of the order.
  enum End {
    LEAST,
    GREATEST
  }

  private final String name;
  private final End end;
  private final boolean booleansOnly;

  private ExtremeFunction(String name, End end, boolean booleansOnly) {
    this.name = name;
    this.end = end;
    this.booleansOnly = booleansOnly;
  }

  static ExtremeFunction min() {
    return new ExtremeFunction("min", End.LEAST, false);
  }

  static ExtremeFunction max() {
    return new ExtremeFunction("max", End.GREATEST, false);
  }

  static ExtremeFunction boolAnd() {
    return new ExtremeFunction("bool_and", End.LEAST, true);
  }

  static ExtremeFunction boolOr() {
    return new ExtremeFunction("bool_or", End.GREATEST, true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    if (arguments.size() != 1 || (booleansOnly && arguments.getFirst() != Types.BOOLEAN)) {
      return Optional.empty();
    }
    DataType type = arguments.getFirst();
    var state = List.of(new Field(name, type, true));
    return Optional.of(new Signature(arguments, type, Nulls.WITHOUT_VALUES, state));
  }

  @Override
  public Accumulator accumulator(List<DataType> arguments) {
    DataType type = arguments.getFirst();
    return switch (type.physical()) {
      case BOOLEAN, INT, LONG, DOUBLE -> new LongExtremes(type, end);
      case INT128 -> new WideExtremes(type, end);
      case STRING -> new TextExtremes(type, end);
    };
  }
}
