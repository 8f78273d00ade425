package io.frazil.engine.parquet.decode;

import io.frazil.engine.vector.Batch;

/// Integers of 32 or 64 bits as differences ([DeltaReader]).
final class DeltaBinaryReader extends ValueReader {
  private final DeltaReader deltas = new DeltaReader();
  private final long[] chunk = new long[Batch.MAX_ROWS];

  @Override
  void init(byte[] bytes, int position, int end, int count) {
    deltas.init(bytes, position, end);
  }

  @Override
  void read(Values out, int at, int count) {
    if (out instanceof LongValues longs) {
      deltas.read(longs.values, at, count);
      return;
    }
    int[] values = ((IntValues) out).values;
    for (int done = 0; done < count; done += chunk.length) {
      int take = Math.min(chunk.length, count - done);
      deltas.read(chunk, 0, take);
      for (int i = 0; i < take; i++) {
        values[at + done + i] = (int) chunk[i];
      }
    }
  }

  @Override
  void skip(int count) {
    for (int done = 0; done < count; done += chunk.length) {
      deltas.read(chunk, 0, Math.min(chunk.length, count - done));
    }
  }
}
