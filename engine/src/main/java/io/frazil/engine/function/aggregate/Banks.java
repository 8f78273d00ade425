package io.frazil.engine.function.aggregate;

import java.util.Arrays;

/// Sums of a batch for a few groups. Rows take turns at four copies of the sums: where one group
/// comes many times in a row, an addition then needn't wait for the one before it to go through
/// memory.
final class Banks {
  private static final int COUNT = 4;
  private static final int SIZE = 64;

  private final long[] sums = new long[COUNT * SIZE];

  /// Whether so few groups fit.
  static boolean suit(int groups) {
    return groups <= SIZE;
  }

  /// Adds each value to its group's total. No sum of a batch may overflow.
  void add(int[] groups, int[] values, int count, int groupCount, long[] totals) {
    int whole = count & ~3;
    for (int i = 0; i < whole; i += COUNT) {
      sums[groups[i]] += values[i];
      sums[groups[i + 1] + SIZE] += values[i + 1];
      sums[groups[i + 2] + 2 * SIZE] += values[i + 2];
      sums[groups[i + 3] + 3 * SIZE] += values[i + 3];
    }
    for (int i = whole; i < count; i++) {
      sums[groups[i]] += values[i];
    }
    flush(groupCount, totals);
  }

  /// Adds each value to its group's total. No sum of a batch may overflow.
  void add(int[] groups, long[] values, int count, int groupCount, long[] totals) {
    int whole = count & ~3;
    for (int i = 0; i < whole; i += COUNT) {
      sums[groups[i]] += values[i];
      sums[groups[i + 1] + SIZE] += values[i + 1];
      sums[groups[i + 2] + 2 * SIZE] += values[i + 2];
      sums[groups[i + 3] + 3 * SIZE] += values[i + 3];
    }
    for (int i = whole; i < count; i++) {
      sums[groups[i]] += values[i];
    }
    flush(groupCount, totals);
  }

  /// Adds one to its group's total for each row.
  void count(int[] groups, int count, int groupCount, long[] totals) {
    int whole = count & ~3;
    for (int i = 0; i < whole; i += COUNT) {
      sums[groups[i]]++;
      sums[groups[i + 1] + SIZE]++;
      sums[groups[i + 2] + 2 * SIZE]++;
      sums[groups[i + 3] + 3 * SIZE]++;
    }
    for (int i = whole; i < count; i++) {
      sums[groups[i]]++;
    }
    flush(groupCount, totals);
  }

  private void flush(int groupCount, long[] totals) {
    for (int g = 0; g < groupCount; g++) {
      totals[g] += sums[g] + sums[g + SIZE] + sums[g + 2 * SIZE] + sums[g + 3 * SIZE];
    }
    for (int bank = 0; bank < COUNT; bank++) {
      Arrays.fill(sums, bank * SIZE, bank * SIZE + groupCount, 0);
    }
  }
}
