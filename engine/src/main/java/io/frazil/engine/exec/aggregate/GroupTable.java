package io.frazil.engine.exec.aggregate;

import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;

/// Numbers the groups of rows by their keys, from 0 in order of appearance. Null keys are equal.
///
/// A table takes what it allocates from its aggregator's reservation before it allocates it. One
/// thread interns; afterwards any number of threads may read.
interface GroupTable {
  /// Writes the group of the `i`th live row to `groups[i]`.
  void intern(Vector[] keys, Rows rows, int[] groups);

  /// How many groups there are.
  int groups();

  /// Whether a row's group may be anywhere in memory, so that more groups than fit the cache cost a
  /// miss a row.
  boolean isScattered();

  /// The keys of groups `from` to `from + count`, sharing memory with the table.
  Vector[] keys(int from, int count);
}
