package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A growing column of numbers: one array of its physical type, which a vector as long as the array
/// holds. Decimals become 128 bits wide when the first wide batch comes.
final class FixedColumn extends ColumnBuffer {
  private Vector values;

  FixedColumn(DataType type) {
    super(type);
    values =
        switch (type.physical()) {
          case BOOLEAN -> new BooleanVector(type, new byte[0], 0, null);
          case INT -> new IntVector(type, new int[0], 0, null);
          case LONG, INT128 -> new LongVector(type, new long[0], 0, null);
          case DOUBLE -> new DoubleVector(type, new double[0], 0, null);
          case STRING -> throw new IllegalArgumentException("text has no fixed width");
        };
  }

  @Override
  void resize(int capacity) {
    values =
        switch (values) {
          case BooleanVector v ->
              new BooleanVector(type(), Arrays.copyOf(v.values(), capacity), capacity, null);
          case IntVector v ->
              new IntVector(type(), Arrays.copyOf(v.values(), capacity), capacity, null);
          case LongVector v ->
              new LongVector(type(), Arrays.copyOf(v.values(), capacity), capacity, null);
          case DoubleVector v ->
              new DoubleVector(type(), Arrays.copyOf(v.values(), capacity), capacity, null);
          case Int128Vector v ->
              new Int128Vector(
                  type(),
                  Arrays.copyOf(v.high(), capacity),
                  Arrays.copyOf(v.low(), capacity),
                  capacity,
                  null);
          case StringVector _, DictionaryVector _ -> throw notFixed();
        };
  }

  @Override
  void store(Vector source, int @Nullable [] selection, int at, int count) {
    if (source instanceof DictionaryVector v) {
      int[] ids = v.ids();
      int[] entries = selection == null ? ids : Gather.gather(ids, selection, count);
      store(v.dictionary(), entries, at, count);
      return;
    }
    switch (values) {
      case BooleanVector to ->
          Gather.copy(((BooleanVector) source).values(), selection, count, to.values(), at);
      case IntVector to ->
          Gather.copy(((IntVector) source).values(), selection, count, to.values(), at);
      case DoubleVector to ->
          Gather.copy(((DoubleVector) source).values(), selection, count, to.values(), at);
      case LongVector _ when source instanceof Int128Vector wide ->
          storeWide(wide, selection, widened(at), at, count);
      case LongVector to ->
          Gather.copy(((LongVector) source).values(), selection, count, to.values(), at);
      case Int128Vector to when source instanceof Int128Vector wide ->
          storeWide(wide, selection, to, at, count);
      case Int128Vector to -> {
        Gather.copy(((LongVector) source).values(), selection, count, to.low(), at);
        extendSign(to, at, count);
      }
      case StringVector _, DictionaryVector _ -> throw notFixed();
    }
  }

  private static void storeWide(
      Int128Vector from, int @Nullable [] selection, Int128Vector to, int at, int count) {
    Gather.copy(from.high(), selection, count, to.high(), at);
    Gather.copy(from.low(), selection, count, to.low(), at);
  }

  /// The column with upper halves, made from its first `rows` values.
  private Int128Vector widened(int rows) {
    long[] low = ((LongVector) values).values();
    var wide = new Int128Vector(type(), new long[low.length], low, low.length, null);
    extendSign(wide, 0, rows);
    values = wide;
    return wide;
  }

  private static void extendSign(Int128Vector wide, int from, int count) {
    long[] high = wide.high();
    long[] low = wide.low();
    for (int i = from; i < from + count; i++) {
      high[i] = low[i] >> 63;
    }
  }

  @Override
  void storeAll(ColumnBuffer source, int at) {
    store(((FixedColumn) source).values, null, at, source.rows());
  }

  @Override
  Vector load(int[] numbers, int count) {
    return Gather.gather(values, numbers, count);
  }

  @Override
  Vector values(int count) {
    return switch (values) {
      case BooleanVector v -> new BooleanVector(type(), v.values(), count, null);
      case IntVector v -> new IntVector(type(), v.values(), count, null);
      case LongVector v -> new LongVector(type(), v.values(), count, null);
      case DoubleVector v -> new DoubleVector(type(), v.values(), count, null);
      case Int128Vector v -> new Int128Vector(type(), v.high(), v.low(), count, null);
      case StringVector _, DictionaryVector _ -> throw notFixed();
    };
  }

  @Override
  long valueBytes() {
    return values.length() * width();
  }

  @Override
  long growth(Vector source, int @Nullable [] selection, int count, long newCapacity) {
    Vector flat = source instanceof DictionaryVector v ? v.dictionary() : source;
    boolean widens = values instanceof LongVector && flat instanceof Int128Vector;
    long halves = widens ? Math.max(newCapacity, values.length()) : 0;
    return newCapacity * width() + halves * Long.BYTES;
  }

  private long width() {
    return switch (values) {
      case BooleanVector _ -> Byte.BYTES;
      case IntVector _ -> Integer.BYTES;
      case LongVector _ -> Long.BYTES;
      case DoubleVector _ -> Double.BYTES;
      case Int128Vector _ -> 2L * Long.BYTES;
      case StringVector _, DictionaryVector _ -> throw notFixed();
    };
  }

  private static AssertionError notFixed() {
    return new AssertionError("a column of numbers holds no text");
  }
}
