package io.frazil.engine.parquet.decode;

import io.frazil.engine.vector.Batch;

/// Booleans as runs (RLE): four bytes of length, then a [RunLengthReader]'s data of width 1.
final class BooleanRunReader extends ValueReader {
  private final RunLengthReader runs = new RunLengthReader();
  private final int[] chunk = new int[Batch.MAX_ROWS];

  @Override
  void init(byte[] bytes, int position, int end, int count) {
    DamagedPage.check(end - position >= 4, "the length of runs is missing");
    int length = LittleEndian.intAt(bytes, position);
    DamagedPage.check(length >= 0 && length <= end - position - 4, "runs leave their page");
    runs.init(bytes, position + 4, position + 4 + length, 1);
  }

  @Override
  void read(Values out, int at, int count) {
    byte[] values = ((BooleanValues) out).values;
    int done = 0;
    while (done < count) {
      int take = Math.min(chunk.length, count - done);
      runs.read(chunk, 0, take, 2);
      for (int i = 0; i < take; i++) {
        values[at + done + i] = (byte) chunk[i];
      }
      done += take;
    }
  }

  @Override
  void skip(int count) {
    runs.skip(count);
  }
}
