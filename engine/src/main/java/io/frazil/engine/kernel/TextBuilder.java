package io.frazil.engine.kernel;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.StringVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes text values of a batch one behind the other: [#start], then for each row what it consists
/// of and [#end]. One thread's; what it returns is valid until the next [#start].
public final class TextBuilder {
  private final Scratch views = new Scratch();
  private byte[] bytes = new byte[64];
  private int size;
  private int begin;
  private int rows;

  public void start(int length) {
    size = 0;
    begin = 0;
    rows = length;
    views.ints(length);
    views.moreInts(length);
  }

  public void append(byte[] from, int start, int length) {
    reserve(length);
    System.arraycopy(from, start, bytes, size, length);
    size += length;
  }

  public void append(byte value) {
    reserve(1);
    bytes[size++] = value;
  }

  /// The first 256 characters, one byte each where they are ASCII, which they must be.
  public void append(String ascii) {
    reserve(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
  }

  /// How many bytes the current row has so far.
  public int rowBytes() {
    return size - begin;
  }

  /// How many of [#bytes] are written.
  public int size() {
    return size;
  }

  /// The bytes of all rows: those of the current one are the last [#rowBytes].
  public byte[] bytes() {
    return bytes;
  }

  /// What was appended since the last row is this row's value.
  public void end(int row) {
    view(row, begin, size - begin);
    begin = size;
  }

  /// This row's value is a part of [#bytes] that was written before.
  public void view(int row, int start, int length) {
    views.ints(rows)[row] = start;
    views.moreInts(rows)[row] = length;
  }

  /// This row is null: nothing was appended for it.
  public void endNull(int row) {
    size = begin;
    view(row, 0, 0);
  }

  public StringVector vector(long @Nullable [] validity) {
    return new StringVector(
        Types.VARCHAR, bytes, views.ints(rows), views.moreInts(rows), rows, validity);
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      long wanted = Math.max((long) size + more, bytes.length * 2L);
      if ((long) size + more > Integer.MAX_VALUE - 16) {
        throw new FrazilException(ErrorCode.MEMORY_LIMIT, "The text of one batch exceeds 2 GB");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
    }
  }
}
