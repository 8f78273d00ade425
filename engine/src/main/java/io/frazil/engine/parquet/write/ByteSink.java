package io.frazil.engine.parquet.write;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing array of bytes, little-endian.
final class ByteSink extends OutputStream {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] array = new byte[1024];
  private int size;

  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /// Makes room for `more` bytes behind the end.
  void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > array.length) {
      int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, array.length * 2L);
      array = Arrays.copyOf(array, Math.max(needed, doubled));
    }
  }

  /// Counts bytes that were written into [#array] behind the end.
  void advance(int bytes) {
    size += bytes;
  }

  /// The first eight of the bytes from `start` to `end`, big-endian, with zeros for what is
  /// missing.
  long prefix(int start, int end) {
    int length = Math.min(Long.BYTES, end - start);
    if (length == 0) {
      return 0;
    }
    if (start + Long.BYTES <= array.length) {
      int unused = Long.SIZE - length * Byte.SIZE;
      return ((long) BIG_ENDIAN_LONG.get(array, start) >>> unused) << unused;
    }
    long prefix = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      prefix = (prefix << Byte.SIZE) | (i < length ? array[start + i] & 0xFF : 0);
    }
    return prefix;
  }

  @Override
  public void write(int value) {
    reserve(1);
    array[size++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    reserve(length);
    System.arraycopy(bytes, offset, array, size, length);
    size += length;
  }

  void putInt(int value) {
    reserve(Integer.BYTES);
    INT.set(array, size, value);
    size += Integer.BYTES;
  }

  void putIntAt(int position, int value) {
    INT.set(array, position, value);
  }

  /// The low 32 bits of each value.
  void putInts(long[] values, int count) {
    reserve(Math.multiplyExact(count, Integer.BYTES));
    for (int i = 0; i < count; i++) {
      INT.set(array, size + i * Integer.BYTES, (int) values[i]);
    }
    size += count * Integer.BYTES;
  }

  void putLongs(long[] values, int count) {
    reserve(Math.multiplyExact(count, Long.BYTES));
    for (int i = 0; i < count; i++) {
      LONG.set(array, size + i * Long.BYTES, values[i]);
    }
    size += count * Long.BYTES;
  }
}
