package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A growing column of `long`; decimals become 128 bits wide when the first wide batch comes.
final class LongColumn extends ColumnBuffer {
  private long[] low = {};
  private long @Nullable [] high;

  LongColumn(DataType type) {
    super(type);
  }

  @Override
  void resize(int capacity) {
    low = Arrays.copyOf(low, capacity);
    if (high != null) {
      high = Arrays.copyOf(high, capacity);
    }
  }

  @Override
  void store(Vector source, int @Nullable [] selection, int at, int count) {
    switch (source) {
      case LongVector v -> {
        copy(v.values(), selection, low, at, count);
        extendSign(at, count);
      }
      case Int128Vector v -> {
        copy(v.high(), selection, widen(at), at, count);
        copy(v.low(), selection, low, at, count);
      }
      case DictionaryVector v -> {
        int[] ids = v.ids();
        int[] entries = selection == null ? ids : Gather.gather(ids, selection, count);
        store(v.dictionary(), entries, at, count);
      }
      case BooleanVector _, IntVector _, DoubleVector _, StringVector _ ->
          throw new IllegalArgumentException("not a vector of longs");
    }
  }

  @Override
  void storeAll(ColumnBuffer source, int at) {
    LongColumn part = (LongColumn) source;
    int count = part.rows();
    System.arraycopy(part.low, 0, low, at, count);
    if (part.high == null) {
      extendSign(at, count);
    } else {
      System.arraycopy(part.high, 0, widen(at), at, count);
    }
  }

  @Override
  Vector load(int[] numbers, int count) {
    long[] lows = Gather.gather(low, numbers, count);
    return high == null
        ? new LongVector(type(), lows, count, null)
        : new Int128Vector(type(), Gather.gather(high, numbers, count), lows, count, null);
  }

  @Override
  Vector values(int count) {
    return high == null
        ? new LongVector(type(), low, count, null)
        : new Int128Vector(type(), high, low, count, null);
  }

  @Override
  long valueBytes() {
    return (low.length + (high == null ? 0L : high.length)) * Long.BYTES;
  }

  @Override
  long growth(Vector source, int @Nullable [] selection, int count, long newCapacity) {
    Vector values = source instanceof DictionaryVector v ? v.dictionary() : source;
    boolean widens = high == null && values instanceof Int128Vector;
    long capacity = Math.max(newCapacity, low.length);
    boolean wideGrows = widens || (high != null && newCapacity > 0);
    return (newCapacity + (wideGrows ? capacity : 0)) * Long.BYTES;
  }

  /// The high halves, made from the first `rows` values where there were none.
  private long[] widen(int rows) {
    long[] halves = high;
    if (halves == null) {
      halves = new long[low.length];
      high = halves;
      extendSign(0, rows);
    }
    return halves;
  }

  private void extendSign(int from, int count) {
    long[] halves = high;
    if (halves != null) {
      for (int i = from; i < from + count; i++) {
        halves[i] = low[i] >> 63;
      }
    }
  }

  private static void copy(long[] from, int @Nullable [] selection, long[] to, int at, int count) {
    if (selection == null) {
      System.arraycopy(from, 0, to, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      to[at + i] = from[selection[i]];
    }
  }
}
