package io.frazil.engine.kernel;

/// The rows whose value lies in `[low, high]` (`yes` = 1), or outside of it (`yes` = 0): what every
/// comparison with a constant is, and a BETWEEN. One unsigned comparison each, no branches.
public final class RangeSelect {
  private RangeSelect() {}

  /// @param low at most `high`
  public static int ints(
      int[] values, int low, int high, int yes, int[] positions, int count, int[] out) {
    int span = high - low + Integer.MIN_VALUE;
    int no = 1 - yes;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += values[p] - low + Integer.MIN_VALUE <= span ? yes : no;
    }
    return n;
  }

  /// @param low at most `high`
  public static int longs(
      long[] values, long low, long high, int yes, int[] positions, int count, int[] out) {
    long span = high - low + Long.MIN_VALUE;
    int no = 1 - yes;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += values[p] - low + Long.MIN_VALUE <= span ? yes : no;
    }
    return n;
  }

  /// @param low a [Keys#of(double)], at most `high`
  public static int doubles(
      double[] values, long low, long high, int yes, int[] positions, int count, int[] out) {
    long span = high - low + Long.MIN_VALUE;
    int no = 1 - yes;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += Keys.of(values[p]) - low + Long.MIN_VALUE <= span ? yes : no;
    }
    return n;
  }

  /// 128-bit values against bounds of 64 bits; what doesn't fit a long is outside, unless the range
  /// is open on its side.
  ///
  /// @param below whether any value less than `low` is inside, 0 or 1
  /// @param above whether any value greater than `high` is inside, 0 or 1
  public static int wide(
      long[][] values, long[] bounds, int below, int above, int[] positions, int count, int[] out) {
    long[] high = values[0];
    long[] low = values[1];
    long span = bounds[1] - bounds[0] + Long.MIN_VALUE;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      if (high[p] == low[p] >> 63) {
        n += low[p] - bounds[0] + Long.MIN_VALUE <= span ? 1 : 0;
      } else {
        n += high[p] < 0 ? below : above;
      }
    }
    return n;
  }
}
