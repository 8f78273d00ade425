package io.frazil.engine.parquet.decode;

/// All lengths of a page, decoded at once because the bytes they are of stand behind them.
final class LengthReader {
  private final DeltaReader deltas = new DeltaReader();
  private final Scratch scratch;
  private final long[] chunk = new long[1024];
  private int[] lengths = {};
  private int count;

  LengthReader(Scratch scratch) {
    this.scratch = scratch;
  }

  /// Reads all of them; says where the bytes behind begin.
  ///
  /// @param most how many values the page has
  int init(byte[] bytes, int position, int end, int most) {
    deltas.init(bytes, position, end);
    count = deltas.left();
    DamagedPage.check(count <= most, "more lengths than values");
    lengths = scratch.sized(lengths, count);
    int done = 0;
    while (done < count) {
      int take = Math.min(chunk.length, count - done);
      deltas.read(chunk, 0, take);
      for (int i = 0; i < take; i++) {
        DamagedPage.check(chunk[i] >= 0 && chunk[i] <= Integer.MAX_VALUE, "a negative length");
        lengths[done + i] = (int) chunk[i];
      }
      done += take;
    }
    return deltas.finish();
  }

  int[] lengths() {
    return lengths;
  }

  int count() {
    return count;
  }
}
