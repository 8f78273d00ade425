package io.frazil.iceberg.statistics;

import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.apache.datasketches.theta.CompactThetaSketch;
import org.apache.datasketches.theta.UpdatableThetaSketch;

/// Estimates how many different values a column has, by a theta sketch over each value's bytes in
/// Iceberg's single-value form; and counts the bytes of text on the way. For one thread.
///
/// Most columns repeat their values, so a value that was seen lately is recognized before it is
/// hashed: by a table of the last values, which may forget but never mistakes one for another.
final class ColumnSketch {
  /// The size that the format's specification recommends: an error of about 1.6%.
  static final int NOMINAL_ENTRIES = 4096;

  private static final int RECENT = 4096;

  private final UpdatableThetaSketch sketch =
      UpdatableThetaSketch.builder().setNominalEntries(NOMINAL_ENTRIES).build();
  private final long[] recent = new long[RECENT];
  private final boolean[] used = new boolean[RECENT];
  private final byte[] four = new byte[Integer.BYTES];
  private final ByteBuffer fourBytes = ByteBuffer.wrap(four).order(ByteOrder.LITTLE_ENDIAN);
  private long values;
  private long textBytes;

  /// Adds the live rows of a vector of `batch`.
  void add(Vector vector, Batch batch) {
    int[] selection = batch.selection();
    int rows = batch.rows();
    int[] ids = vector instanceof DictionaryVector dictionary ? dictionary.ids() : null;
    IntConsumer adder =
        adder(vector instanceof DictionaryVector dictionary ? dictionary.dictionary() : vector);
    for (int i = 0; i < rows; i++) {
      int row = selection == null ? i : selection[i];
      if (!vector.isNull(row)) {
        values++;
        adder.accept(ids == null ? row : ids[row]);
      }
    }
  }

  /// What adds the value of a row: chosen once for all rows.
  private IntConsumer adder(Vector vector) {
    return switch (vector) {
      case IntVector ints -> row -> addInt(ints.values()[row]);
      case LongVector longs when longs.type() instanceof DataType.Decimal ->
          row -> addDecimal(longs.values()[row]);
      case LongVector longs -> row -> addLong(longs.values()[row]);
      case DoubleVector reals when reals.type() == DataType.Simple.REAL ->
          row -> addInt(Float.floatToIntBits((float) counted(reals.values()[row])));
      case DoubleVector doubles ->
          row -> addLong(Double.doubleToLongBits(counted(doubles.values()[row])));
      case StringVector text ->
          row -> addText(text.bytes(), text.starts()[row], text.lengths()[row]);
      case BooleanVector booleans -> row -> addBoolean(booleans.values()[row]);
      case Int128Vector wide -> row -> addWide(wide.high()[row], wide.low()[row]);
      case DictionaryVector _ -> throw new IllegalArgumentException("a dictionary is flat");
    };
  }

  private void addInt(int value) {
    if (isNew(value)) {
      fourBytes.putInt(0, value);
      sketch.update(four);
    }
  }

  /// The sketch hashes a long as its eight bytes, little-endian: Iceberg's form.
  private void addLong(long value) {
    if (isNew(value)) {
      sketch.update(value);
    }
  }

  /// Zero has one sign here, as both are equal.
  private static double counted(double value) {
    return value == 0 ? 0.0 : value;
  }

  private void addDecimal(long value) {
    if (isNew(value)) {
      sketch.update(minimal(value));
    }
  }

  private void addWide(long high, long low) {
    if (high == (low >> 63)) {
      addDecimal(low);
    } else {
      byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
      sketch.update(new BigInteger(bytes).toByteArray());
    }
  }

  private void addText(byte[] bytes, int start, int length) {
    textBytes += length;
    if (length >= Long.BYTES) {
      sketch.update(Arrays.copyOfRange(bytes, start, start + length));
      return;
    }
    long packed = length;
    for (int i = 0; i < length; i++) {
      packed = (packed << Byte.SIZE) | (bytes[start + i] & 0xff);
    }
    if (length > 0 && isNew(packed)) {
      sketch.update(Arrays.copyOfRange(bytes, start, start + length));
    }
  }

  private void addBoolean(byte value) {
    if (isNew(value)) {
      sketch.update(new byte[] {value});
    }
  }

  /// Whether the value isn't among the last; from now on it is.
  private boolean isNew(long value) {
    int slot = (int) ((value * 0x9E3779B97F4A7C15L) >>> 52);
    if (used[slot] && recent[slot] == value) {
      return false;
    }
    recent[slot] = value;
    used[slot] = true;
    return true;
  }

  /// Big-endian two's complement in as few bytes as it takes.
  private static byte[] minimal(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
    byte[] bytes = new byte[bits / Byte.SIZE + 1];
    for (int i = bytes.length - 1; i >= 0; i--) {
      bytes[i] = (byte) (value >> (Byte.SIZE * (bytes.length - 1 - i)));
    }
    return bytes;
  }

  CompactThetaSketch result() {
    return sketch.compact();
  }

  long values() {
    return values;
  }

  long textBytes() {
    return textBytes;
  }
}
