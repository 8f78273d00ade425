package io.frazil.engine.exec.join;

/// Where the rows of each key are, once build rows lie in the order of their keys: those of the key
/// whose first row was `f` before that order was made are `starts[f]` to before `starts[f + 1]`.
///
/// @param size how many rows there are in all runs; rows behind have no key
record Runs(int[] starts, int size) {
  /// Counts the rows of each key.
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
    return new Runs(starts, starts[count]);
  }

  /// All of `count` rows under row 0.
  static Runs single(int count) {
    return new Runs(new int[] {0, count}, count);
  }

  /// The rows in the order of their keys, and behind them those without one.
  int[] order(int[] first, int count) {
    int[] next = starts.clone();
    int[] order = new int[count];
    int unkeyed = size;
    for (int i = 0; i < count; i++) {
      order[first[i] >= 0 ? next[first[i]]++ : unkeyed++] = i;
    }
    return order;
  }
}
