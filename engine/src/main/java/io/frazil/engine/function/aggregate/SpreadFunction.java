package io.frazil.engine.function.aggregate;

import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.Dense;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Variances and standard deviations of floating point numbers, to which other numbers are cast, by
/// Welford's recurrence and, for partial states, Chan's. Null below one value; of a sample below
/// two.
final class SpreadFunction implements AggregateFunction {
  /// Where the squares' divisor begins: at the count, or one below it.
  private enum Of {
    POPULATION,
    SAMPLE
  }

  private enum Measure {
    VARIANCE,
    DEVIATION
  }

  private final String name;
  private final Of of;
  private final Measure measure;

  private SpreadFunction(String name, Of of, Measure measure) {
    this.name = name;
    this.of = of;
    this.measure = measure;
  }

  static SpreadFunction sampleVariance() {
    return new SpreadFunction("var_samp", Of.SAMPLE, Measure.VARIANCE);
  }

  static SpreadFunction sampleDeviation() {
    return new SpreadFunction("stddev_samp", Of.SAMPLE, Measure.DEVIATION);
  }

  static SpreadFunction populationVariance() {
    return new SpreadFunction("var_pop", Of.POPULATION, Measure.VARIANCE);
  }

  static SpreadFunction populationDeviation() {
    return new SpreadFunction("stddev_pop", Of.POPULATION, Measure.DEVIATION);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    if (arguments.size() != 1 || !arguments.getFirst().isNumeric()) {
      return Optional.empty();
    }
    List<Field> state =
        List.of(
            new Field("count", Types.BIGINT, false),
            new Field("mean", Types.DOUBLE, false),
            new Field("squares", Types.DOUBLE, false));
    Nulls nulls = of == Of.SAMPLE ? Nulls.WITH_VALUES : Nulls.WITHOUT_VALUES;
    return Optional.of(new Signature(List.of(Types.DOUBLE), Types.DOUBLE, nulls, state));
  }

  @Override
  public Accumulator accumulator(List<DataType> arguments) {
    return new Spreads();
  }

  private final class Spreads implements Accumulator {
    private long[] counts = {};
    private double[] means = {};

    /// Sums of squared distances from the mean.
    private double[] squares = {};

    @Override
    public void resize(int groups) {
      if (groups > counts.length) {
        int capacity = GroupArrays.capacity(groups);
        counts = Arrays.copyOf(counts, capacity);
        means = Arrays.copyOf(means, capacity);
        squares = Arrays.copyOf(squares, capacity);
      }
    }

    @Override
    public void update(int[] groups, Vector[] arguments, Rows rows) {
      var values = (DoubleVector) Dense.of(arguments[0], rows);
      for (int i = 0; i < rows.count(); i++) {
        if (!values.isNull(i)) {
          add(groups[i], 1, values.values()[i], 0);
        }
      }
    }

    @Override
    public void merge(int[] groups, Vector[] state, Rows rows) {
      long[] otherCounts = ((LongVector) Dense.of(state[0], rows)).values();
      double[] otherMeans = ((DoubleVector) Dense.of(state[1], rows)).values();
      double[] otherSquares = ((DoubleVector) Dense.of(state[2], rows)).values();
      for (int i = 0; i < rows.count(); i++) {
        if (otherCounts[i] > 0) {
          add(groups[i], otherCounts[i], otherMeans[i], otherSquares[i]);
        }
      }
    }

    @Override
    public Vector[] state(int from, int count) {
      return new Vector[] {
        new LongVector(Types.BIGINT, Arrays.copyOfRange(counts, from, from + count), count, null),
        new DoubleVector(Types.DOUBLE, Arrays.copyOfRange(means, from, from + count), count, null),
        new DoubleVector(Types.DOUBLE, Arrays.copyOfRange(squares, from, from + count), count, null)
      };
    }

    @Override
    public Vector result(int from, int count) {
      double[] values = new double[count];
      long[] validity = new long[Bitmap.words(count)];
      for (int i = 0; i < count; i++) {
        long divisor = counts[from + i] - (of == Of.SAMPLE ? 1 : 0);
        if (divisor > 0) {
          double variance = squares[from + i] / divisor;
          values[i] = measure == Measure.DEVIATION ? Math.sqrt(variance) : variance;
          Bitmap.set(validity, i);
        }
      }
      return new DoubleVector(Types.DOUBLE, values, count, validity);
    }

    @Override
    public long bytes() {
      return (counts.length + 2L * means.length) * Long.BYTES;
    }

    private void add(int group, long count, double mean, double square) {
      long before = counts[group];
      long total = before + count;
      counts[group] = total;
      if (before == 0) {
        // There is nothing to be distant from, and the square of a large mean may be infinite.
        means[group] = mean;
        squares[group] = Double.isFinite(mean) ? square : Double.NaN;
        return;
      }
      double distance = mean - means[group];
      means[group] += distance * count / total;
      squares[group] += square + distance * distance * before * count / total;
    }
  }
}
