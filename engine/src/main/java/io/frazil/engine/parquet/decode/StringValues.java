package io.frazil.engine.parquet.decode;

import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Byte strings as views. As long as all views are into one array (a page, a dictionary) they stay
/// there; from the first one into another array on they are copied into an arena of their own.
///
/// Whoever adds views writes `starts` and `lengths` and then calls [#adopt].
final class StringValues extends Values {
  final int[] starts;
  final int[] lengths;
  private final Scratch scratch;
  private byte[] bytes = {};
  private byte[] arena = {};
  private int used;

  StringValues(int capacity, Scratch scratch) {
    this.starts = new int[capacity];
    this.lengths = new int[capacity];
    this.scratch = scratch;
  }

  /// The array that all views are into.
  byte[] bytes() {
    return bytes;
  }

  /// Views `at` to `at + count` are new, and into `source`. At 0 everything before is forgotten.
  void adopt(byte[] source, int at, int count) {
    if (at == 0) {
      bytes = source;
      used = 0;
    } else if (bytes != source) {
      detach(bytes, at);
      copyIn(source, at, count);
    }
  }

  /// Copies the first `count` views into the arena if they are into `source`, so that `source` may
  /// be overwritten.
  void detach(byte[] source, int count) {
    if (bytes == source && bytes != arena && count > 0) {
      used = 0;
      bytes = arena;
      copyIn(source, 0, count);
    }
  }

  private void copyIn(byte[] source, int at, int count) {
    long needed = used;
    for (int i = at; i < at + count; i++) {
      needed += lengths[i];
    }
    arena = scratch.grown(arena, used, needed);
    bytes = arena;
    for (int i = at; i < at + count; i++) {
      System.arraycopy(source, starts[i], arena, used, lengths[i]);
      starts[i] = used;
      used += lengths[i];
    }
  }

  @Override
  void spread(long[] validity, int at, int count, int present) {
    Spread.ints(starts, validity, at, count, present);
    Spread.ints(lengths, validity, at, count, present);
  }

  @Override
  void gather(Values dictionary, int[] ids, int at, int count) {
    var entries = (StringValues) dictionary;
    for (int i = 0; i < count; i++) {
      starts[at + i] = entries.starts[ids[i]];
      lengths[at + i] = entries.lengths[ids[i]];
    }
    adopt(entries.bytes, at, count);
  }

  @Override
  void copy(Values from, int[] rows, int first, int base, int at, int count) {
    var source = (StringValues) from;
    for (int i = 0; i < count; i++) {
      int row = rows[first + i] - base;
      starts[at + i] = source.starts[row];
      lengths[at + i] = source.lengths[row];
    }
    adopt(source.bytes, at, count);
  }

  @Override
  void zeroNulls(long[] validity, int length) {
    Nulls.ints(starts, validity, length);
    Nulls.ints(lengths, validity, length);
  }

  @Override
  Vector vector(DataType type, int length, long @Nullable [] validity) {
    return new StringVector(type, bytes, starts, lengths, length, validity);
  }
}
