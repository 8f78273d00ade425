package io.frazil.engine.exec.join;

import java.util.Arrays;

/// The table of a join without keys, where all build rows have the same: row 0 stands for them.
record EveryRow(int rows) implements KeyTable {
  @Override
  public Lookup lookup() {
    return (_, _, count, found) -> Arrays.fill(found, 0, count, rows == 0 ? -1 : 0);
  }
}
