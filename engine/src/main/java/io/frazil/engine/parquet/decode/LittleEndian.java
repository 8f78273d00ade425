package io.frazil.engine.parquet.decode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers in byte arrays, as Parquet lays them out.
final class LittleEndian {
  /// How many bytes must be readable behind the last value of a packed run: loops load eight bytes
  /// at a time and use some of them.
  static final int PADDING = 8;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private static final ValueLayout.OfInt INTS =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONGS =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLES =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static int intAt(byte[] bytes, int position) {
    return (int) INT.get(bytes, position);
  }

  static long longAt(byte[] bytes, int position) {
    return (long) LONG.get(bytes, position);
  }

  static long bigEndianLongAt(byte[] bytes, int position) {
    return (long) BIG_ENDIAN_LONG.get(bytes, position);
  }

  static float floatAt(byte[] bytes, int position) {
    return (float) FLOAT.get(bytes, position);
  }

  static void copyInts(byte[] bytes, int position, int[] out, int at, int count) {
    MemorySegment.copy(MemorySegment.ofArray(bytes), INTS, position, out, at, count);
  }

  static void copyLongs(byte[] bytes, int position, long[] out, int at, int count) {
    MemorySegment.copy(MemorySegment.ofArray(bytes), LONGS, position, out, at, count);
  }

  static void copyDoubles(byte[] bytes, int position, double[] out, int at, int count) {
    MemorySegment.copy(MemorySegment.ofArray(bytes), DOUBLES, position, out, at, count);
  }
}
