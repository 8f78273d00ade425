package io.frazil.engine.function.aggregate;

import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.function.GroupedAccumulator;
import io.frazil.engine.function.GroupedRows;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DataType.Decimal;
import io.frazil.engine.type.DecimalTypes;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Dense;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `avg(x)`: the exact sum by the count of what is not null. Of decimals a decimal, rounded half
/// away from zero; of integers and floating point numbers a DOUBLE.
final class AverageFunction implements AggregateFunction {
  @Override
  public String name() {
    return "avg";
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    if (arguments.size() != 1 || !arguments.getFirst().isNumeric()) {
      return Optional.empty();
    }
    DataType type = arguments.getFirst();
    var state = new ArrayList<>(SumFunction.state(type));
    state.add(new Field("count", Types.BIGINT, false));
    DataType result =
        type instanceof Decimal decimal ? DecimalTypes.average(decimal) : Types.DOUBLE;
    return Optional.of(new Signature(arguments, result, Nulls.WITHOUT_VALUES, state));
  }

  @Override
  public Accumulator accumulator(List<DataType> arguments) {
    DataType type = arguments.getFirst();
    return type.isFloating() ? new DoubleAverage() : new ExactAverage(type);
  }

  private static final class ExactAverage implements GroupedAccumulator {
    private final DataType type;
    private final ExactSums sums = new ExactSums();
    private final GroupCounts counts = new GroupCounts();

    ExactAverage(DataType type) {
      this.type = type;
    }

    @Override
    public void resize(int groups) {
      sums.resize(groups);
      counts.resize(groups);
    }

    @Override
    public void update(int[] groups, Vector[] arguments, Rows rows) {
      Vector values = Dense.of(arguments[0], rows);
      sums.add(groups, values, rows.count());
      counts.add(groups, rows.count(), values.validity());
    }

    @Override
    public void updateGrouped(GroupedRows rows, Vector[] arguments) {
      sums.add(rows, arguments[0]);
      counts.add(rows, arguments[0].validity());
    }

    @Override
    public void merge(int[] groups, Vector[] state, Rows rows) {
      sums.add(groups, Dense.of(state[0], rows), rows.count());
      counts.merge(groups, (LongVector) Dense.of(state[1], rows));
    }

    @Override
    public Vector[] state(int from, int count) {
      return new Vector[] {
        sums.vector(SumFunction.exact(type), from, count, counts.validity(from, count)),
        counts.vector(from, count)
      };
    }

    @Override
    public Vector result(int from, int count) {
      long[] validity = counts.validity(from, count);
      return type instanceof Decimal decimal
          ? Quotients.decimals(sums, counts, from, count, decimal, validity)
          : Quotients.doubles(sums, counts, from, count, validity);
    }

    @Override
    public long bytes() {
      return sums.bytes() + counts.bytes();
    }
  }

  private static final class DoubleAverage implements GroupedAccumulator {
    private final DoubleSums sums = new DoubleSums();
    private final GroupCounts counts = new GroupCounts();

    @Override
    public void resize(int groups) {
      sums.resize(groups);
      counts.resize(groups);
    }

    @Override
    public void update(int[] groups, Vector[] arguments, Rows rows) {
      var values = (DoubleVector) Dense.of(arguments[0], rows);
      sums.add(groups, values.values(), rows.count());
      counts.add(groups, rows.count(), values.validity());
    }

    @Override
    public void updateGrouped(GroupedRows rows, Vector[] arguments) {
      sums.add(rows, ((DoubleVector) arguments[0]).values());
      counts.add(rows, arguments[0].validity());
    }

    @Override
    public void merge(int[] groups, Vector[] state, Rows rows) {
      var partial = (DoubleVector) Dense.of(state[0], rows);
      var compensation = (DoubleVector) Dense.of(state[1], rows);
      sums.merge(groups, partial.values(), compensation.values(), rows.count());
      counts.merge(groups, (LongVector) Dense.of(state[2], rows));
    }

    @Override
    public Vector[] state(int from, int count) {
      Vector[] sum = sums.state(from, count, counts.validity(from, count));
      return new Vector[] {sum[0], sum[1], counts.vector(from, count)};
    }

    @Override
    public Vector result(int from, int count) {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        long rows = counts.get(from + i);
        values[i] = rows == 0 ? 0 : sums.get(from + i) / rows;
      }
      return new DoubleVector(Types.DOUBLE, values, count, counts.validity(from, count));
    }

    @Override
    public long bytes() {
      return sums.bytes() + counts.bytes();
    }
  }
}
