package io.frazil.engine.function.aggregate;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Dense;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.Optional;

/// `single_value(x)`: the value of the only row, null where there is no row, an error where there
/// are two: what a subquery means that stands for a value.
final class SingleValueFunction implements AggregateFunction {
  @Override
  public String name() {
    return "single_value";
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    if (arguments.size() != 1) {
      return Optional.empty();
    }
    DataType type = arguments.getFirst();
    List<Field> state =
        List.of(new Field("value", type, true), new Field("rows", Types.BIGINT, false));
    return Optional.of(new Signature(arguments, type, Nulls.WITHOUT_VALUES, state));
  }

  @Override
  public Accumulator accumulator(List<DataType> arguments) {
    return new Single(arguments.getFirst());
  }

  private static final class Single implements Accumulator {
    private final KeptValues values;
    private final GroupCounts counts = new GroupCounts();

    Single(DataType type) {
      values = new KeptValues(type);
    }

    @Override
    public void resize(int groups) {
      values.resize(groups);
      counts.resize(groups);
    }

    @Override
    public void update(int[] groups, Vector[] arguments, Rows rows) {
      values.keepFirst(groups, Dense.of(arguments[0], rows), rows.count());
      counts.add(groups, rows.count(), null);
      check(groups, rows.count());
    }

    @Override
    public void merge(int[] groups, Vector[] state, Rows rows) {
      values.keepFirst(groups, Dense.of(state[0], rows), rows.count());
      counts.merge(groups, (LongVector) Dense.of(state[1], rows));
      check(groups, rows.count());
    }

    @Override
    public Vector[] state(int from, int count) {
      return new Vector[] {values.vector(from, count), counts.vector(from, count)};
    }

    @Override
    public Vector result(int from, int count) {
      return values.vector(from, count);
    }

    @Override
    public long bytes() {
      return values.bytes() + counts.bytes();
    }

    private void check(int[] groups, int count) {
      for (int i = 0; i < count; i++) {
        if (counts.get(groups[i]) > 1) {
          throw new FrazilException(
              ErrorCode.SUBQUERY_ROWS, "A subquery used as a value returned more than one row");
        }
      }
    }
  }
}
