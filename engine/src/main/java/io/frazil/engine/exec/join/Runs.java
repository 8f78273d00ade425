package io.frazil.engine.exec.join;

/// Build rows ordered by key, where keys repeat: those of the key that row `f` stands for are
/// `rows[starts[f]]` to before `rows[starts[f + 1]]`.
record Runs(int[] starts, int[] rows) {
  /// Sorts rows by counting.
  ///
  /// @param first for each row the one that stands for its key, or -1 where it has none
  static Runs of(int[] first, int count) {
    int[] starts = new int[count + 1];
    for (int i = 0; i < count; i++) {
      if (first[i] >= 0) {
        starts[first[i] + 1]++;
      }
    }
    for (int i = 0; i < count; i++) {
      starts[i + 1] += starts[i];
    }
    int[] rows = new int[starts[count]];
    int[] next = starts.clone();
    for (int i = 0; i < count; i++) {
      if (first[i] >= 0) {
        rows[next[first[i]]++] = i;
      }
    }
    return new Runs(starts, rows);
  }

  /// All of `count` rows under row 0.
  static Runs single(int count) {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = i;
    }
    return new Runs(new int[] {0, count}, rows);
  }

  /// What [#of] allocates, in bytes.
  static long bytes(int count) {
    return 3L * count * Integer.BYTES;
  }
}
