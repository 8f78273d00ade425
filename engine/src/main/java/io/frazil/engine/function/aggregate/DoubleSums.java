package io.frazil.engine.function.aggregate;

import io.frazil.engine.function.GroupedRows;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Sums of floating point numbers by group, each with the rounding errors of its additions beside
/// it (Neumaier's compensation by Knuth's branch-free two-sum).
final class DoubleSums {
  /// Sum and compensation of each group, side by side.
  private double[] sums = {};

  void resize(int groups) {
    if (2 * groups > sums.length) {
      sums = Arrays.copyOf(sums, 2 * GroupArrays.capacity(groups));
    }
  }

  /// Adds rows; null slots hold zero.
  void add(int[] groups, double[] values, int count) {
    double[] target = sums;
    for (int i = 0; i < count; i++) {
      int at = 2 * groups[i];
      double value = values[i];
      double sum = target[at];
      double added = sum + value;
      double part = added - sum;
      target[at] = added;
      target[at + 1] += (sum - (added - part)) + (value - part);
    }
  }

  /// Adds rows that are sorted by group.
  void add(GroupedRows rows, double[] values) {
    for (int run = 0; run < rows.runs(); run++) {
      int from = rows.starts()[run];
      int to = rows.ends()[run];
      if (to > from) {
        addRun(rows.groups()[run], rows.positions(), from, to, values);
      }
    }
  }

  private void addRun(int group, int[] positions, int from, int to, double[] values) {
    double sum = sums[2 * group];
    double error = sums[2 * group + 1];
    for (int i = from; i < to; i++) {
      double value = values[positions[i]];
      double added = sum + value;
      double part = added - sum;
      error += (sum - (added - part)) + (value - part);
      sum = added;
    }
    sums[2 * group] = sum;
    sums[2 * group + 1] = error;
  }

  void merge(int[] groups, double[] partial, double[] compensation, int count) {
    add(groups, partial, count);
    for (int i = 0; i < count; i++) {
      sums[2 * groups[i] + 1] += compensation[i];
    }
  }

  /// The sum; what isn't finite has no meaningful error.
  double get(int group) {
    double sum = sums[2 * group];
    return Double.isFinite(sum) ? sum + sums[2 * group + 1] : sum;
  }

  Vector[] state(int from, int count, long @Nullable [] validity) {
    double[] values = new double[count];
    double[] errors = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = sums[2 * (from + i)];
      errors[i] = sums[2 * (from + i) + 1];
    }
    return new Vector[] {
      new DoubleVector(Types.DOUBLE, values, count, validity),
      new DoubleVector(Types.DOUBLE, errors, count, validity)
    };
  }

  long bytes() {
    return (long) sums.length * Double.BYTES;
  }
}
