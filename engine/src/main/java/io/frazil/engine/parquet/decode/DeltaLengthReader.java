package io.frazil.engine.parquet.decode;

/// DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes.
final class DeltaLengthReader extends ValueReader {
  private final LengthReader lengths;
  private byte[] bytes = {};
  private int position;
  private int end;
  private int next;

  DeltaLengthReader(Scratch scratch) {
    this.lengths = new LengthReader(scratch);
  }

  @Override
  void init(byte[] bytes, int position, int end, int count) {
    this.bytes = bytes;
    this.position = lengths.init(bytes, position, end, count);
    this.end = end;
    this.next = 0;
  }

  @Override
  void read(Values out, int at, int count) {
    var strings = (StringValues) out;
    DamagedPage.check(count <= lengths.count() - next, "lengths end too early");
    int[] sizes = lengths.lengths();
    for (int i = 0; i < count; i++) {
      int length = sizes[next + i];
      DamagedPage.check(length <= end - position, "a byte array leaves its page");
      strings.starts[at + i] = position;
      strings.lengths[at + i] = length;
      position += length;
    }
    next += count;
    strings.adopt(bytes, at, count);
  }

  @Override
  void skip(int count) {
    DamagedPage.check(count <= lengths.count() - next, "lengths end too early");
    long size = 0;
    for (int i = 0; i < count; i++) {
      size += lengths.lengths()[next + i];
    }
    DamagedPage.check(size <= end - position, "byte arrays leave their page");
    position += (int) size;
    next += count;
  }
}
