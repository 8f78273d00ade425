package io.frazil.engine.parquet.decode;

import java.util.Arrays;

/// Moves values that were decoded without their nulls to the rows they belong to: of `count` rows
/// from `at` on, the `present` ones whose bit is set get the values that stand at `at` in order;
/// the others get zero. From the back, so that it works in place; done as soon as the rest stands
/// where it belongs.
final class Spread {
  private Spread() {}

  static void ints(int[] values, long[] validity, int at, int count, int present) {
    int from = at + present - 1;
    int row = at + count - 1;
    for (; from >= at && from < row; row--) {
      int valid = (int) (validity[row >>> 6] >>> row & 1);
      values[row] = values[from] & -valid;
      from -= valid;
    }
    if (from < at) {
      Arrays.fill(values, at, row + 1, 0);
    }
  }

  static void longs(long[] values, long[] validity, int at, int count, int present) {
    int from = at + present - 1;
    int row = at + count - 1;
    for (; from >= at && from < row; row--) {
      long valid = validity[row >>> 6] >>> row & 1;
      values[row] = values[from] & -valid;
      from -= (int) valid;
    }
    if (from < at) {
      Arrays.fill(values, at, row + 1, 0L);
    }
  }

  static void doubles(double[] values, long[] validity, int at, int count, int present) {
    int from = at + present - 1;
    int row = at + count - 1;
    for (; from >= at && from < row; row--) {
      int valid = (int) (validity[row >>> 6] >>> row & 1);
      values[row] = valid == 0 ? 0.0 : values[from];
      from -= valid;
    }
    if (from < at) {
      Arrays.fill(values, at, row + 1, 0.0);
    }
  }

  static void bytes(byte[] values, long[] validity, int at, int count, int present) {
    int from = at + present - 1;
    int row = at + count - 1;
    for (; from >= at && from < row; row--) {
      int valid = (int) (validity[row >>> 6] >>> row & 1);
      values[row] = (byte) (values[from] & -valid);
      from -= valid;
    }
    if (from < at) {
      Arrays.fill(values, at, row + 1, (byte) 0);
    }
  }
}
