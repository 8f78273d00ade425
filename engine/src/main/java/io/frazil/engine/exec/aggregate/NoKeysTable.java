package io.frazil.engine.exec.aggregate;

import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;

/// Without keys there is one group, also where there are no rows.
final class NoKeysTable implements GroupTable {
  @Override
  public void intern(Vector[] keys, Rows rows, int[] groups) {
    Arrays.fill(groups, 0, rows.count(), 0);
  }

  @Override
  public int groups() {
    return 1;
  }

  @Override
  public boolean isScattered() {
    return false;
  }

  @Override
  public Vector[] keys(int from, int count) {
    return new Vector[0];
  }
}
