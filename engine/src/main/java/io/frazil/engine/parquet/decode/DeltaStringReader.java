package io.frazil.engine.parquet.decode;

/// DELTA_BYTE_ARRAY: how many bytes each value shares with the one before, then the rest of each as
/// DELTA_LENGTH_BYTE_ARRAY. Values are put together in an arena that each read begins anew.
final class DeltaStringReader extends ValueReader {
  private final Scratch scratch;
  private final LengthReader prefixes;
  private final LengthReader suffixes;
  private byte[] bytes = {};
  private int position;
  private int end;
  private int next;
  private byte[] arena = {};
  private int used;
  private byte[] last = {};
  private int lastLength;

  DeltaStringReader(Scratch scratch) {
    this.scratch = scratch;
    this.prefixes = new LengthReader(scratch);
    this.suffixes = new LengthReader(scratch);
  }

  @Override
  void init(byte[] bytes, int position, int end, int count) {
    this.bytes = bytes;
    int behindPrefixes = prefixes.init(bytes, position, end, count);
    this.position = suffixes.init(bytes, behindPrefixes, end, count);
    DamagedPage.check(prefixes.count() == suffixes.count(), "as many prefixes as suffixes");
    this.end = end;
    this.next = 0;
    this.lastLength = 0;
  }

  @Override
  void read(Values out, int at, int count) {
    var strings = (StringValues) out;
    DamagedPage.check(count <= prefixes.count() - next, "lengths end too early");
    // Views of the read before are still into the arena unless they were copied out of it.
    strings.detach(arena, at);
    used = 0;
    int[] starts = strings.starts;
    int[] lengths = strings.lengths;
    int lastStart = 0;
    arena = scratch.grown(arena, 0, lastLength);
    System.arraycopy(last, 0, arena, 0, lastLength);
    used = lastLength;
    for (int i = 0; i < count; i++) {
      int start = used;
      append(lastStart);
      lastStart = start;
      starts[at + i] = start;
      lengths[at + i] = used - start;
      lastLength = used - start;
    }
    keepLast(lastStart);
    strings.adopt(arena, at, count);
  }

  @Override
  boolean viewsLast() {
    return false;
  }

  @Override
  void skip(int count) {
    DamagedPage.check(count <= prefixes.count() - next, "lengths end too early");
    byte[] readable = arena;
    for (int i = 0; i < count; i++) {
      int prefix = prefixes.lengths()[next];
      int suffix = suffixes.lengths()[next];
      DamagedPage.check(prefix <= lastLength, "a prefix is longer than the value before");
      DamagedPage.check(suffix <= end - position, "a byte array leaves its page");
      last = scratch.grown(last, prefix, (long) prefix + suffix);
      System.arraycopy(bytes, position, last, prefix, suffix);
      position += suffix;
      lastLength = prefix + suffix;
      next++;
    }
    assert readable == arena : "skipping leaves views alone";
  }

  /// The next value behind what the arena has; the one before begins at `lastStart`.
  private void append(int lastStart) {
    int prefix = prefixes.lengths()[next];
    int suffix = suffixes.lengths()[next];
    DamagedPage.check(prefix <= lastLength, "a prefix is longer than the value before");
    DamagedPage.check(suffix <= end - position, "a byte array leaves its page");
    arena = scratch.grown(arena, used, (long) used + prefix + suffix);
    System.arraycopy(arena, lastStart, arena, used, prefix);
    System.arraycopy(bytes, position, arena, used + prefix, suffix);
    used += prefix + suffix;
    position += suffix;
    next++;
  }

  private void keepLast(int lastStart) {
    last = scratch.grown(last, 0, lastLength);
    System.arraycopy(arena, lastStart, last, 0, lastLength);
  }
}
