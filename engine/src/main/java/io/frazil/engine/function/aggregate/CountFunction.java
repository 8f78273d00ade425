package io.frazil.engine.function.aggregate;

import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.function.GroupedAccumulator;
import io.frazil.engine.function.GroupedRows;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Dense;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.Optional;

/// `count(*)`: the rows of a group; `count(x)`: those of them whose x is not null.
final class CountFunction implements AggregateFunction {
  @Override
  public String name() {
    return "count";
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    if (arguments.size() > 1) {
      return Optional.empty();
    }
    List<Field> state = List.of(new Field("count", Types.BIGINT, false));
    return Optional.of(new Signature(arguments, Types.BIGINT, Nulls.NEVER, state));
  }

  @Override
  public Accumulator accumulator(List<DataType> arguments) {
    return new Counts();
  }

  private static final class Counts implements GroupedAccumulator {
    private final GroupCounts counts = new GroupCounts();

    @Override
    public void resize(int groups) {
      counts.resize(groups);
    }

    @Override
    public void update(int[] groups, Vector[] arguments, Rows rows) {
      long[] validity = arguments.length == 0 ? null : Dense.of(arguments[0], rows).validity();
      counts.add(groups, rows.count(), validity);
    }

    @Override
    public void updateGrouped(GroupedRows rows, Vector[] arguments) {
      counts.add(rows, arguments.length == 0 ? null : arguments[0].validity());
    }

    @Override
    public void merge(int[] groups, Vector[] state, Rows rows) {
      counts.merge(groups, (LongVector) Dense.of(state[0], rows));
    }

    @Override
    public Vector[] state(int from, int count) {
      return new Vector[] {counts.vector(from, count)};
    }

    @Override
    public Vector result(int from, int count) {
      return counts.vector(from, count);
    }

    @Override
    public long bytes() {
      return counts.bytes();
    }
  }
}
