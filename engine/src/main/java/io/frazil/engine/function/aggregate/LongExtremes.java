package io.frazil.engine.function.aggregate;

import io.frazil.engine.function.aggregate.ExtremeFunction.End;
import io.frazil.engine.hash.ValueHash;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Extremes of all types that have a place among the longs in their own order: floating point
/// numbers by their bits with those of the negative ones turned around. The least value is the
/// greatest of the complements, so that one loop finds both.
final class LongExtremes extends Extremes {
  private final long complement;
  private long[] greatest = {};
  private long[] scratch = {};

  LongExtremes(DataType type, End end) {
    super(type);
    this.complement = end == End.LEAST ? -1 : 0;
  }

  @Override
  void resizeValues(int groups) {
    if (groups > greatest.length) {
      int old = greatest.length;
      greatest = Arrays.copyOf(greatest, GroupArrays.capacity(groups));
      Arrays.fill(greatest, old, greatest.length, Long.MIN_VALUE);
    }
  }

  @Override
  void add(int[] groups, Vector values, int count) {
    if (scratch.length < count) {
      scratch = new long[count];
    }
    order(values, count);
    if (values.validity() == null) {
      addAll(groups, scratch, count, greatest);
    } else {
      addValid(groups, scratch, count, values.validity(), greatest);
    }
    seen.mark(groups, count, values.validity());
  }

  @Override
  public Vector result(int from, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = seen.contains(from + i) ? greatest[from + i] ^ complement : 0;
    }
    return vector(values, seen.validity(from, count));
  }

  @Override
  public long bytes() {
    return ((long) greatest.length + scratch.length) * Long.BYTES + seen.bytes();
  }

  private static void addAll(int[] groups, long[] values, int count, long[] greatest) {
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      greatest[group] = Math.max(greatest[group], values[i]);
    }
  }

  private static void addValid(
      int[] groups, long[] values, int count, long[] validity, long[] greatest) {
    for (int i = 0; i < count; i++) {
      if (Bitmap.get(validity, i)) {
        int group = groups[i];
        greatest[group] = Math.max(greatest[group], values[i]);
      }
    }
  }

  private void order(Vector values, int count) {
    switch (values) {
      case LongVector v -> order(v.values(), count);
      case IntVector v -> order(v.values(), count);
      case DoubleVector v -> order(v.values(), count);
      case BooleanVector v -> order(v.values(), count);
      case Vector v -> throw new IllegalArgumentException(v.type().text() + " is no long");
    }
  }

  private void order(long[] values, int count) {
    for (int i = 0; i < count; i++) {
      scratch[i] = values[i] ^ complement;
    }
  }

  private void order(int[] values, int count) {
    for (int i = 0; i < count; i++) {
      scratch[i] = values[i] ^ complement;
    }
  }

  private void order(byte[] values, int count) {
    for (int i = 0; i < count; i++) {
      scratch[i] = values[i] ^ complement;
    }
  }

  private void order(double[] values, int count) {
    for (int i = 0; i < count; i++) {
      scratch[i] = turnNegative(ValueHash.canonicalBits(values[i])) ^ complement;
    }
  }

  /// Its own inverse.
  private static long turnNegative(long bits) {
    return bits ^ ((bits >> 63) >>> 1);
  }

  private Vector vector(long[] values, long @Nullable [] validity) {
    int count = values.length;
    return switch (type.physical()) {
      case LONG -> new LongVector(type, values, count, validity);
      case INT -> {
        int[] out = new int[count];
        Arrays.setAll(out, i -> (int) values[i]);
        yield new IntVector(type, out, count, validity);
      }
      case BOOLEAN -> {
        byte[] out = new byte[count];
        for (int i = 0; i < count; i++) {
          out[i] = (byte) values[i];
        }
        yield new BooleanVector(type, out, count, validity);
      }
      case DOUBLE -> {
        double[] out = new double[count];
        Arrays.setAll(out, i -> Double.longBitsToDouble(turnNegative(values[i])));
        yield new DoubleVector(type, out, count, validity);
      }
      case INT128, STRING -> throw new IllegalArgumentException(type.text() + " is no long");
    };
  }
}
