package io.frazil.engine.exec.join;

import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Finds build rows by key. Complete once made: any number of threads may look up.
///
/// Of equal keys the table knows one row, which stands for all of them; [Runs] has the others.
sealed interface KeyTable permits NumberTable, GeneralTable, EveryRow {
  /// A lookup with scratch space of its own, for one thread.
  Lookup lookup();

  /// One thread's view of the table.
  @FunctionalInterface
  interface Lookup {
    /// Writes for the `i`th of `count` live rows the build row that stands for its key to
    /// `found[i]`, or -1 where there is none, as for a null key.
    void find(Vector[] keys, int @Nullable [] selection, int count, int[] found);
  }
}
