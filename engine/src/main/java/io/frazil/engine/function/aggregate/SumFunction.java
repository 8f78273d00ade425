package io.frazil.engine.function.aggregate;

import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.function.GroupedAccumulator;
import io.frazil.engine.function.GroupedRows;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DecimalTypes;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Dense;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.Optional;

/// `sum(x)`: of integers a BIGINT, of decimals a decimal of 38 digits, both exact however the rows
/// were shared out; of floating point numbers a DOUBLE. Null where there is nothing to add.
final class SumFunction implements AggregateFunction {
  /// Holds any sum of integers, however many.
  static final DataType WIDE = Types.decimal(DataType.Decimal.MAX_PRECISION, 0);

  @Override
  public String name() {
    return "sum";
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    if (arguments.size() != 1 || !arguments.getFirst().isNumeric()) {
      return Optional.empty();
    }
    DataType type = arguments.getFirst();
    return Optional.of(new Signature(arguments, result(type), Nulls.WITHOUT_VALUES, state(type)));
  }

  @Override
  public Accumulator accumulator(List<DataType> arguments) {
    DataType type = arguments.getFirst();
    return type.isFloating() ? new DoubleSum() : new ExactSum(exact(type), result(type));
  }

  /// The columns that hold a sum in between.
  static List<Field> state(DataType type) {
    return type.isFloating()
        ? List.of(
            new Field("sum", Types.DOUBLE, true), new Field("compensation", Types.DOUBLE, true))
        : List.of(new Field("sum", exact(type), true));
  }

  /// The decimal type that holds sums of an exact type.
  static DataType exact(DataType type) {
    return type instanceof DataType.Decimal decimal ? DecimalTypes.sum(decimal) : WIDE;
  }

  private static DataType result(DataType type) {
    return switch (type) {
      case DataType.Decimal decimal -> DecimalTypes.sum(decimal);
      case DataType.Simple simple -> simple.isFloating() ? Types.DOUBLE : Types.BIGINT;
      case DataType.Timestamp _ -> throw new IllegalArgumentException("no sum of timestamps");
    };
  }

  private static final class ExactSum implements GroupedAccumulator {
    private final DataType stateType;
    private final DataType resultType;
    private final ExactSums sums = new ExactSums();
    private final SeenGroups seen = new SeenGroups();

    ExactSum(DataType stateType, DataType resultType) {
      this.stateType = stateType;
      this.resultType = resultType;
    }

    @Override
    public void resize(int groups) {
      sums.resize(groups);
      seen.resize(groups);
    }

    @Override
    public void update(int[] groups, Vector[] arguments, Rows rows) {
      Vector values = Dense.of(arguments[0], rows);
      sums.add(groups, values, rows.count());
      seen.mark(groups, rows.count(), values.validity());
    }

    @Override
    public void updateGrouped(GroupedRows rows, Vector[] arguments) {
      sums.add(rows, arguments[0]);
      seen.mark(rows, arguments[0].validity());
    }

    @Override
    public void merge(int[] groups, Vector[] state, Rows rows) {
      update(groups, state, rows);
    }

    @Override
    public Vector[] state(int from, int count) {
      return new Vector[] {sums.vector(stateType, from, count, seen.validity(from, count))};
    }

    @Override
    public Vector result(int from, int count) {
      Vector sum = sums.vector(resultType, from, count, seen.validity(from, count));
      return ExactRange.check(sum, "sum");
    }

    @Override
    public long bytes() {
      return sums.bytes() + seen.bytes();
    }
  }

  private static final class DoubleSum implements GroupedAccumulator {
    private final DoubleSums sums = new DoubleSums();
    private final SeenGroups seen = new SeenGroups();

    @Override
    public void resize(int groups) {
      sums.resize(groups);
      seen.resize(groups);
    }

    @Override
    public void update(int[] groups, Vector[] arguments, Rows rows) {
      var values = (DoubleVector) Dense.of(arguments[0], rows);
      sums.add(groups, values.values(), rows.count());
      seen.mark(groups, rows.count(), values.validity());
    }

    @Override
    public void updateGrouped(GroupedRows rows, Vector[] arguments) {
      sums.add(rows, ((DoubleVector) arguments[0]).values());
      seen.mark(rows, arguments[0].validity());
    }

    @Override
    public void merge(int[] groups, Vector[] state, Rows rows) {
      var partial = (DoubleVector) Dense.of(state[0], rows);
      var compensation = (DoubleVector) Dense.of(state[1], rows);
      sums.merge(groups, partial.values(), compensation.values(), rows.count());
      seen.mark(groups, rows.count(), partial.validity());
    }

    @Override
    public Vector[] state(int from, int count) {
      return sums.state(from, count, seen.validity(from, count));
    }

    @Override
    public Vector result(int from, int count) {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = sums.get(from + i);
      }
      return new DoubleVector(Types.DOUBLE, values, count, seen.validity(from, count));
    }

    @Override
    public long bytes() {
      return sums.bytes() + seen.bytes();
    }
  }
}
