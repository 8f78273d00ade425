package io.frazil.engine.parquet.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The distinct byte strings of a chunk, numbered in the order of their coming. Open addressing, at
/// most half full.
final class BytesDictionary {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

  private final ByteSink bytes = new ByteSink();
  private int[] ends = new int[512];
  private int[] hashes = new int[512];
  private int[] slots = new int[1024];
  private int size;

  int size() {
    return size;
  }

  int start(int id) {
    return id == 0 ? 0 : ends[id - 1];
  }

  int length(int id) {
    return ends[id] - start(id);
  }

  /// What [#start] and [#length] point into.
  byte[] bytes() {
    return bytes.array();
  }

  /// How many bytes the entries have together.
  int byteCount() {
    return bytes.size();
  }

  /// Forgets the entries from `newSize` on, after which nothing more may be added.
  void truncate(int newSize) {
    size = newSize;
  }

  void clear() {
    size = 0;
    bytes.clear();
    Arrays.fill(slots, 0);
  }

  /// The id of a string, which is added if it is new.
  int intern(byte[] array, int start, int length) {
    int hash = hash(array, start, length);
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      int id = slots[slot] - 1;
      if (hashes[id] == hash && matches(id, array, start, length)) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = size + 1;
    hashes[size] = hash;
    bytes.write(array, start, length);
    ends[size] = bytes.size();
    if (++size == ends.length) {
      grow();
    }
    return size - 1;
  }

  private boolean matches(int id, byte[] array, int start, int length) {
    int from = start(id);
    return Arrays.equals(bytes.array(), from, ends[id], array, start, start + length);
  }

  private void grow() {
    ends = Arrays.copyOf(ends, ends.length * 2);
    hashes = Arrays.copyOf(hashes, hashes.length * 2);
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = hashes[id] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = id + 1;
    }
  }

  private static int hash(byte[] array, int start, int length) {
    long hash = length;
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      hash = mix(hash ^ (long) LONG.get(array, start + i));
    }
    return (int) (mix(hash ^ rest(array, start + i, length - i)) >>> 32);
  }

  // The last up to seven bytes, little-endian.
  private static long rest(byte[] array, int start, int length) {
    if (length == 0) {
      return 0;
    }
    if (start + Long.BYTES <= array.length) {
      int unused = Long.SIZE - length * Byte.SIZE;
      return ((long) LONG.get(array, start) << unused) >>> unused;
    }
    long rest = 0;
    for (int i = 0; i < length; i++) {
      rest |= (array[start + i] & 0xFFL) << (i * Byte.SIZE);
    }
    return rest;
  }

  private static long mix(long value) {
    long product = value * MULTIPLIER;
    return product ^ (product >>> 29);
  }
}
