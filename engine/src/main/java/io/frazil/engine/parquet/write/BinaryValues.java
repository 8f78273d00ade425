package io.frazil.engine.parquet.write;

import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Byte strings: text of any length, and decimals as big-endian two's complement of a fixed width.
/// A page is collected in its plain encoding.
final class BinaryValues extends PageValues {
  /// 0 for text.
  private final int width;

  /// Of the length that stands before each value, as in the plain encoding.
  private final int lengthBytes;

  private final BytesDictionary dictionary = new BytesDictionary();
  private final ByteSink bytes = new ByteSink();
  private int[] ends = new int[4096];
  private int count;

  BinaryValues(ParquetForm form, int dictionaryLimitBytes) {
    super(dictionaryLimitBytes);
    this.width = form.width();
    this.lengthBytes = width == 0 ? Integer.BYTES : 0;
  }

  @Override
  void appendFlat(Vector vector, int[] positions, int more) {
    if (count + more > ends.length) {
      ends = Arrays.copyOf(ends, Math.max(count + more, ends.length * 2));
    }
    switch (vector) {
      case StringVector v -> appendText(v, positions, more);
      case Int128Vector v -> appendDecimals(v.high(), v.low(), positions, more);
      case LongVector v -> appendDecimals(v.values(), positions, more);
      case Vector v -> throw new IllegalArgumentException(v.type().text() + " has no bytes");
    }
  }

  private void appendText(StringVector vector, int[] positions, int more) {
    byte[] from = vector.bytes();
    int[] starts = vector.starts();
    int[] lengths = vector.lengths();
    int total = more * lengthBytes;
    for (int i = 0; i < more; i++) {
      total = Math.addExact(total, lengths[positions[i]]);
    }
    bytes.reserve(total);
    byte[] array = bytes.array();
    int end = bytes.size();
    for (int i = 0; i < more; i++) {
      int length = lengths[positions[i]];
      bytes.putIntAt(end, length);
      System.arraycopy(from, starts[positions[i]], array, end + lengthBytes, length);
      end += lengthBytes + length;
      ends[count++] = end;
    }
    bytes.advance(total);
  }

  private void appendDecimals(long[] high, long[] low, int[] positions, int more) {
    for (int i = 0; i < more; i++) {
      appendDecimal(high[positions[i]], low[positions[i]]);
    }
  }

  private void appendDecimals(long[] values, int[] positions, int more) {
    for (int i = 0; i < more; i++) {
      long value = values[positions[i]];
      appendDecimal(value >> (Long.SIZE - 1), value);
    }
  }

  private void appendDecimal(long high, long low) {
    bytes.reserve(width);
    byte[] array = bytes.array();
    int end = bytes.size() + width - 1;
    for (int i = 0; i < width; i++) {
      long word = i < Long.BYTES ? low : high;
      array[end - i] = (byte) (word >> (Byte.SIZE * (i & (Long.BYTES - 1))));
    }
    bytes.advance(width);
    ends[count++] = bytes.size();
  }

  @Override
  int count() {
    return count;
  }

  @Override
  long bytes() {
    return bytes.size();
  }

  @Override
  @Nullable Bounds bounds() {
    if (count == 0) {
      return null;
    }
    int min = 0;
    int max = 0;
    long minPrefix = prefix(0);
    long maxPrefix = minPrefix;
    for (int i = 1; i < count; i++) {
      long prefix = prefix(i);
      if (prefix < minPrefix || (prefix == minPrefix && compare(i, min) < 0)) {
        min = i;
        minPrefix = prefix;
      }
      if (prefix > maxPrefix || (prefix == maxPrefix && compare(i, max) > 0)) {
        max = i;
        maxPrefix = prefix;
      }
    }
    return new Bounds(value(min), value(max));
  }

  // The first eight bytes, such that they compare as longs: mostly they decide. Text is unsigned.
  private long prefix(int index) {
    long prefix = bytes.prefix(start(index), ends[index]);
    return width > 0 ? prefix : prefix ^ Long.MIN_VALUE;
  }

  private int start(int index) {
    return lengthBytes + (index == 0 ? 0 : ends[index - 1]);
  }

  private byte[] value(int index) {
    return Arrays.copyOfRange(bytes.array(), start(index), ends[index]);
  }

  private int compare(int a, int b) {
    byte[] array = bytes.array();
    return compare(array, start(a), ends[a], array, start(b), ends[b]);
  }

  // A decimal's first byte has the sign.
  private int compare(byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd) {
    return width > 0 && a[aStart] != b[bStart]
        ? Byte.compare(a[aStart], b[bStart])
        : Arrays.compareUnsigned(a, aStart, aEnd, b, bStart, bEnd);
  }

  @Override
  void writePlain(ByteSink page) {
    page.write(bytes.array(), 0, bytes.size());
  }

  @Override
  void clear() {
    bytes.clear();
    count = 0;
  }

  @Override
  Comparator<byte[]> order() {
    return (a, b) -> compare(a, 0, a.length, b, 0, b.length);
  }

  @Override
  boolean number(int[] ids, int limitBytes) {
    for (int i = 0; i < count; i++) {
      ids[i] = dictionary.intern(bytes.array(), start(i), ends[i] - start(i));
      if (dictionaryBytes() > limitBytes) {
        return false;
      }
    }
    return true;
  }

  @Override
  int entryCount() {
    return dictionary.size();
  }

  @Override
  long dictionaryBytes() {
    return dictionary.byteCount() + (long) dictionary.size() * lengthBytes;
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
    for (int id = 0; id < dictionary.size(); id++) {
      if (width == 0) {
        page.putInt(dictionary.length(id));
      }
      page.write(dictionary.bytes(), dictionary.start(id), dictionary.length(id));
    }
  }

  @Override
  byte[] lower(byte[] min) {
    return width == 0 ? TextBounds.lower(min) : min;
  }

  @Override
  byte @Nullable [] upper(byte[] max) {
    return width == 0 ? TextBounds.upper(max) : max;
  }
}
