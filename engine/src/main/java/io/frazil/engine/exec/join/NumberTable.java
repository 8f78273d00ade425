package io.frazil.engine.exec.join;

import io.frazil.engine.vector.Batch;

/// Finds build rows by packed key. Any number of threads may insert at the same time.
sealed interface NumberTable extends KeyTable permits DirectTable, IntTable, LongTable {
  PackedKeys packing();

  /// Takes rows in unless their keys are there.
  ///
  /// @param packed the keys of `rows`, which it lists
  /// @param first for each row the one that stands for its key, at the row's number
  void insert(long[] packed, int[] rows, int count, int[] first);

  /// Writes for each packed key the row that stands for it to `found`, or -1.
  ///
  /// @param unresolved scratch space
  void find(long[] packed, int count, int[] found, int[] unresolved);

  @Override
  default Lookup lookup() {
    long[] packed = new long[Batch.MAX_ROWS];
    long[] scratch = new long[Batch.MAX_ROWS];
    int[] unresolved = new int[Batch.MAX_ROWS];
    return (keys, selection, count, found) -> {
      packing().pack(keys, selection, count, packed, scratch);
      find(packed, count, found, unresolved);
      PackedKeys.dropMisfits(keys, selection, count, found);
    };
  }
}
