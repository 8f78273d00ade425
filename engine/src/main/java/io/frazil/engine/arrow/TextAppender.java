package io.frazil.engine.arrow;

import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;

/// Text, its bytes one after the other.
final class TextAppender extends ColumnAppender {
  private byte[] bytes = {};
  private int[] ends = {};

  @Override
  void appendFlat(Vector vector, int[] positions, int from, int count) {
    var text = (StringVector) vector;
    int[] starts = text.starts();
    int[] lengths = text.lengths();
    int at = length();
    if (at + count > ends.length) {
      ends = Arrays.copyOf(ends, Math.max(at + count, ends.length * 2));
    }
    for (int i = 0; i < count; i++) {
      int end = byteCount(at + i);
      int position = positions[from + i];
      int length = isNull(at + i) ? 0 : lengths[position];
      reserve(Math.addExact(end, length));
      System.arraycopy(text.bytes(), starts[position], bytes, end, length);
      ends[at + i] = end + length;
    }
  }

  /// How many bytes the first `rows` values have.
  private int byteCount(int rows) {
    return rows == 0 ? 0 : ends[rows - 1];
  }

  private void reserve(int needed) {
    if (needed > bytes.length) {
      int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L);
      bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
    }
  }

  // Nulls never got any bytes.
  @Override
  void zeroNulls(int from, int to) {}

  @Override
  void fillValues(FieldVector vector) {
    var text = (VarCharVector) vector;
    int length = length();
    int total = byteCount(length);
    if (text.getValueCapacity() < length || text.getDataBuffer().capacity() < total) {
      text.allocateNew(total, length);
    }
    IntBuffer offsets =
        text.getOffsetBuffer()
            .nioBuffer(0, (length + 1) * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asIntBuffer();
    offsets.put(0, 0);
    offsets.put(1, ends, 0, length);
    text.getDataBuffer().setBytes(0, bytes, 0, total);
    text.setLastSet(length - 1);
  }

  @Override
  void clearValues() {}

  @Override
  long valueBytes() {
    return bytes.length + (long) ends.length * Integer.BYTES;
  }
}
