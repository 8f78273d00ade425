package io.frazil.engine.function.aggregate;

import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.vector.Dense;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.Optional;

/// `any_value(x)`: some value that is not null, or null where there is none.
final class AnyValueFunction implements AggregateFunction {
  @Override
  public String name() {
    return "any_value";
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    return arguments.size() != 1
        ? Optional.empty()
        : Optional.of(
            new Signature(
                arguments,
                arguments.getFirst(),
                Nulls.WITHOUT_VALUES,
                List.of(new Field("value", arguments.getFirst(), true))));
  }

  @Override
  public Accumulator accumulator(List<DataType> arguments) {
    return new Kept(arguments.getFirst());
  }

  private static final class Kept implements Accumulator {
    private final KeptValues values;

    Kept(DataType type) {
      values = new KeptValues(type);
    }

    @Override
    public void resize(int groups) {
      values.resize(groups);
    }

    @Override
    public void update(int[] groups, Vector[] arguments, Rows rows) {
      values.keepFirst(groups, Dense.of(arguments[0], rows), rows.count());
    }

    @Override
    public void merge(int[] groups, Vector[] state, Rows rows) {
      update(groups, state, rows);
    }

    @Override
    public Vector[] state(int from, int count) {
      return new Vector[] {values.vector(from, count)};
    }

    @Override
    public Vector result(int from, int count) {
      return values.vector(from, count);
    }

    @Override
    public long bytes() {
      return values.bytes();
    }
  }
}
