package io.frazil.engine.parquet.write;

import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/// Numbers of four or eight bytes, each held as a long: an integer as itself, floating point as its
/// bits.
final class FixedValues extends PageValues {
  private final Type type;
  private final int width;
  private final LongDictionary dictionary = new LongDictionary();
  private long[] values = new long[4096];
  private int count;

  FixedValues(ParquetForm form, int dictionaryLimitBytes) {
    super(dictionaryLimitBytes);
    this.type = form.physical();
    this.width = form.width();
  }

  @Override
  void appendFlat(Vector vector, int[] positions, int more) {
    if (count + more > values.length) {
      values = Arrays.copyOf(values, Math.max(count + more, values.length * 2));
    }
    switch (vector) {
      case IntVector v -> gather(v.values(), positions, more);
      case LongVector v -> gather(v.values(), positions, more);
      // Every value of a type that is written in a long fits one, however wide it comes.
      case Int128Vector v -> gather(v.low(), positions, more);
      case DoubleVector v -> gather(v.values(), positions, more);
      case Vector v -> throw new IllegalArgumentException(v.type().text() + " is no number");
    }
    count += more;
  }

  private void gather(int[] from, int[] positions, int more) {
    for (int i = 0; i < more; i++) {
      values[count + i] = from[positions[i]];
    }
  }

  private void gather(long[] from, int[] positions, int more) {
    for (int i = 0; i < more; i++) {
      values[count + i] = from[positions[i]];
    }
  }

  private void gather(double[] from, int[] positions, int more) {
    if (type == Type.FLOAT) {
      for (int i = 0; i < more; i++) {
        values[count + i] = Float.floatToRawIntBits((float) from[positions[i]]);
      }
    } else {
      for (int i = 0; i < more; i++) {
        values[count + i] = Double.doubleToRawLongBits(from[positions[i]]);
      }
    }
  }

  @Override
  int count() {
    return count;
  }

  @Override
  long bytes() {
    return (long) count * width;
  }

  @Override
  @Nullable Bounds bounds() {
    if (count == 0) {
      return null;
    }
    if (type == Type.FLOAT || type == Type.DOUBLE) {
      return floatingBounds();
    }
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    return new Bounds(plain(min), plain(max));
  }

  // Zeros are recorded as -0.0 below and +0.0 above, as readers may tell them apart.
  private @Nullable Bounds floatingBounds() {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    int nans = 0;
    for (int i = 0; i < count; i++) {
      double value = floating(values[i]);
      if (Double.isNaN(value)) {
        nans++;
      } else {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    addNans(nans);
    return nans == count
        ? null
        : new Bounds(plain(bits(min == 0 ? -0.0 : min)), plain(bits(max == 0 ? 0.0 : max)));
  }

  private double floating(long bits) {
    return type == Type.FLOAT ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
  }

  private long bits(double value) {
    return type == Type.FLOAT
        ? Float.floatToRawIntBits((float) value)
        : Double.doubleToRawLongBits(value);
  }

  private byte[] plain(long value) {
    ByteBuffer buffer = ByteBuffer.allocate(width).order(ByteOrder.LITTLE_ENDIAN);
    return (width == Integer.BYTES ? buffer.putInt((int) value) : buffer.putLong(value)).array();
  }

  @Override
  void writePlain(ByteSink page) {
    write(values, count, page);
  }

  @Override
  void clear() {
    count = 0;
  }

  @Override
  Comparator<byte[]> order() {
    return (a, b) -> {
      long left = PlainBytes.integer(a);
      long right = PlainBytes.integer(b);
      return type == Type.FLOAT || type == Type.DOUBLE
          ? Double.compare(floating(left), floating(right))
          : Long.compare(left, right);
    };
  }

  @Override
  boolean number(int[] ids, int limitBytes) {
    return dictionary.intern(values, count, ids, limitBytes / width);
  }

  @Override
  int entryCount() {
    return dictionary.size();
  }

  @Override
  long dictionaryBytes() {
    return (long) dictionary.size() * width;
  }

  @Override
  void truncateDictionary(int entries) {
    dictionary.truncate(entries);
  }

  @Override
  void clearDictionary() {
    dictionary.clear();
  }

  @Override
  void writeDictionary(ByteSink page) {
    write(dictionary.values(), dictionary.size(), page);
  }

  private void write(long[] from, int number, ByteSink page) {
    if (width == Integer.BYTES) {
      page.putInts(from, number);
    } else {
      page.putLongs(from, number);
    }
  }
}
