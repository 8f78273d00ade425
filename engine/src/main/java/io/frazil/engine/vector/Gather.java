package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Copies rows of a vector to the front of a new one, densely and in any order.
///
/// Strings move as views and dictionary values as ids, so that what comes out shares the bytes and
/// the dictionary of its source, and is valid as long as that is; [#copy] shares nothing.
public final class Gather {
  private Gather() {}

  /// The rows at the first `count` of `positions`.
  public static Vector gather(Vector source, int[] positions, int count) {
    long[] validity = gatherBits(source.validity(), positions, count);
    DataType type = source.type();
    return switch (source) {
      case BooleanVector v ->
          new BooleanVector(type, gather(v.values(), positions, count), count, validity);
      case IntVector v ->
          new IntVector(type, gather(v.values(), positions, count), count, validity);
      case LongVector v ->
          new LongVector(type, gather(v.values(), positions, count), count, validity);
      case DoubleVector v ->
          new DoubleVector(type, gather(v.values(), positions, count), count, validity);
      case Int128Vector v ->
          new Int128Vector(
              type,
              gather(v.high(), positions, count),
              gather(v.low(), positions, count),
              count,
              validity);
      case StringVector v ->
          new StringVector(
              type,
              v.bytes(),
              gather(v.starts(), positions, count),
              gather(v.lengths(), positions, count),
              count,
              validity);
      case DictionaryVector v ->
          new DictionaryVector(gather(v.ids(), positions, count), v.dictionary(), count, validity);
    };
  }

  /// As [#gather], with null wherever a position is -1.
  public static Vector gatherOrNull(Vector source, int[] positions, int count) {
    long[] present = present(positions, count);
    if (present == null) {
      return gather(source, positions, count);
    }
    if (source.length() == 0) {
      return nulls(source.type(), count);
    }
    return NullSlots.mask(gather(source, clamped(positions, count), count), present);
  }

  /// Only the live rows of a batch, in new vectors; the batch itself where all are alive.
  public static Batch compact(Batch batch) {
    int[] selection = batch.selection();
    if (selection == null) {
      return batch;
    }
    Vector[] columns = new Vector[batch.width()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = gather(batch.column(i), selection, batch.rows());
    }
    return Batch.of(batch.rows(), columns);
  }

  /// The same values without a dictionary.
  public static Vector flatten(Vector source) {
    if (!(source instanceof DictionaryVector v)) {
      return source;
    }
    Vector values = gather(v.dictionary(), v.ids(), v.length());
    return NullSlots.mask(values, v.validity());
  }

  /// The rows at the first `count` of `positions` (null: of all), in a vector that shares nothing
  /// with its source and so outlives it. A dictionary survives, under another identity, unless that
  /// would copy more than the values.
  public static Vector copy(Vector source, int @Nullable [] positions, int count) {
    int[] rows = positions == null ? ascending(count) : positions;
    Vector gathered = gather(source, rows, count);
    return switch (gathered) {
      case StringVector v -> copyText(v);
      case DictionaryVector v when v.dictionary().length() <= count ->
          new DictionaryVector(
              v.ids(), copy(v.dictionary(), null, v.dictionary().length()), count, v.validity());
      case DictionaryVector v ->
          flatten(v) instanceof StringVector text ? copyText(text) : flatten(v);
      case BooleanVector v -> v;
      case IntVector v -> v;
      case LongVector v -> v;
      case DoubleVector v -> v;
      case Int128Vector v -> v;
    };
  }

  /// `length` nulls of a type.
  public static Vector nulls(DataType type, int length) {
    long[] none = new long[1];
    Vector slot =
        switch (type.physical()) {
          case BOOLEAN -> new BooleanVector(type, new byte[1], 1, none);
          case INT -> new IntVector(type, new int[1], 1, none);
          case LONG, INT128 -> new LongVector(type, new long[1], 1, none);
          case DOUBLE -> new DoubleVector(type, new double[1], 1, none);
          case STRING -> new StringVector(type, new byte[0], new int[1], new int[1], 1, none);
        };
    return DictionaryVector.constant(slot, length);
  }

  private static StringVector copyText(StringVector views) {
    int count = views.length();
    int[] lengths = views.lengths();
    long total = 0;
    for (int i = 0; i < count; i++) {
      total += lengths[i];
    }
    byte[] bytes = new byte[Math.toIntExact(total)];
    int[] starts = new int[count];
    int end = 0;
    for (int i = 0; i < count; i++) {
      System.arraycopy(views.bytes(), views.starts()[i], bytes, end, lengths[i]);
      starts[i] = end;
      end += lengths[i];
    }
    return new StringVector(views.type(), bytes, starts, lengths, count, views.validity());
  }

  static byte[] gather(byte[] values, int[] positions, int count) {
    byte[] out = new byte[count];
    copy(values, positions, count, out, 0);
    return out;
  }

  static int[] gather(int[] values, int[] positions, int count) {
    int[] out = new int[count];
    copy(values, positions, count, out, 0);
    return out;
  }

  static long[] gather(long[] values, int[] positions, int count) {
    long[] out = new long[count];
    copy(values, positions, count, out, 0);
    return out;
  }

  static double[] gather(double[] values, int[] positions, int count) {
    double[] out = new double[count];
    copy(values, positions, count, out, 0);
    return out;
  }

  /// Writes the values at the first `count` of `positions` (null: the first `count` values) to
  /// `out`, from `at` on.
  static void copy(byte[] values, int @Nullable [] positions, int count, byte[] out, int at) {
    if (positions == null) {
      System.arraycopy(values, 0, out, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      out[at + i] = values[positions[i]];
    }
  }

  static void copy(int[] values, int @Nullable [] positions, int count, int[] out, int at) {
    if (positions == null) {
      System.arraycopy(values, 0, out, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      out[at + i] = values[positions[i]];
    }
  }

  static void copy(long[] values, int @Nullable [] positions, int count, long[] out, int at) {
    if (positions == null) {
      System.arraycopy(values, 0, out, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      out[at + i] = values[positions[i]];
    }
  }

  static void copy(double[] values, int @Nullable [] positions, int count, double[] out, int at) {
    if (positions == null) {
      System.arraycopy(values, 0, out, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      out[at + i] = values[positions[i]];
    }
  }

  /// The bits at `positions`; none where all of them are set.
  static long @Nullable [] gatherBits(long @Nullable [] bits, int[] positions, int count) {
    if (bits == null) {
      return null;
    }
    long[] out = new long[Bitmap.words(count)];
    for (int i = 0; i < count; i++) {
      int position = positions[i];
      out[i >>> 6] |= (bits[position >>> 6] >>> position & 1L) << i;
    }
    return Bitmap.count(out, count) == count ? null : out;
  }

  /// Which positions are not -1; null where all are not.
  static long @Nullable [] present(int[] positions, int count) {
    long[] bits = new long[Bitmap.words(count)];
    for (int i = 0; i < count; i++) {
      bits[i >>> 6] |= (~positions[i] >>> 31 & 1L) << i;
    }
    return Bitmap.count(bits, count) == count ? null : bits;
  }

  /// The positions with 0 for -1.
  static int[] clamped(int[] positions, int count) {
    int[] out = new int[count];
    for (int i = 0; i < count; i++) {
      out[i] = Math.max(0, positions[i]);
    }
    return out;
  }

  private static int[] ascending(int count) {
    int[] rows = new int[count];
    Arrays.setAll(rows, i -> i);
    return rows;
  }
}
