package io.frazil.engine.function.aggregate;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.function.GroupedRows;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Sums of integers or unscaled decimals by group, exact in 128 bits.
///
/// Values are added to one long a group for as long as that provably cannot overflow: `headroom` is
/// what a sum could still grow by, and each batch takes rows × its largest magnitude from it. When
/// it is used up, the longs are carried over to 128 bits and it begins anew. Beyond 128 bits, which
/// takes at least two values of 38 digits, a sum is an error, also where later values would have
/// brought it back.
final class ExactSums {
  private static final long FULL_HEADROOM = Long.MAX_VALUE;

  private int groups;
  private long[] small = {};
  private long headroom = FULL_HEADROOM;

  /// How many rows were added since `small` was carried over.
  private long rows;

  /// What was carried over; empty as long as nothing was.
  private long[] high = {};

  private long[] low = {};
  private final Banks banks = new Banks();

  void resize(int groups) {
    this.groups = groups;
    if (groups > small.length) {
      int capacity = GroupArrays.capacity(groups);
      small = Arrays.copyOf(small, capacity);
      if (high.length > 0) {
        high = Arrays.copyOf(high, capacity);
        low = Arrays.copyOf(low, capacity);
      }
    }
  }

  /// Adds rows; null slots hold zero.
  void add(int[] rowGroups, Vector values, int count) {
    switch (values) {
      case IntVector v -> {
        // Takes 2^32 rows to use up, which are more than groups: there is always room.
        takeHeadroom(1L << 31, count);
        addInts(rowGroups, v.values(), count);
      }
      case LongVector v -> {
        long most = magnitude(v.values(), count);
        if (most <= FULL_HEADROOM / Math.max(1, count) && takeHeadroom(most, count)) {
          addLongs(rowGroups, v.values(), count);
        } else {
          addWide(rowGroups, null, v.values(), count);
        }
      }
      case Int128Vector v -> addWide(rowGroups, v.high(), v.low(), count);
      case Vector v -> throw new IllegalArgumentException(v.type().text() + " has no exact sum");
    }
  }

  /// Adds rows that are sorted by group; null slots hold zero.
  void add(GroupedRows rows, Vector values) {
    switch (values) {
      case IntVector v -> {
        takeHeadroom(1L << 31, rows.count());
        addInts(rows, v.values());
      }
      case LongVector v -> {
        // Dead rows can only make this more than it needs to be.
        long most = magnitude(v.values(), v.length());
        boolean fits = most <= FULL_HEADROOM / Math.max(1, rows.count());
        if (fits && takeHeadroom(most, rows.count())) {
          addLongs(rows, v.values());
        } else {
          addWide(rows, null, v.values());
        }
      }
      case Int128Vector v -> addWide(rows, v.high(), v.low());
      case Vector v -> throw new IllegalArgumentException(v.type().text() + " has no exact sum");
    }
  }

  /// The sums of a range of groups in as few bits as they fit.
  ///
  /// @param validity of the vector that comes out
  Vector vector(DataType type, int from, int count, long @Nullable [] validity) {
    if (high.length == 0) {
      long[] values = from == 0 ? small : Arrays.copyOfRange(small, from, from + count);
      return new LongVector(type, values, count, validity);
    }
    long[] highs = new long[count];
    long[] lows = new long[count];
    long narrow = 0;
    for (int i = 0; i < count; i++) {
      lows[i] = low(from + i);
      highs[i] = high(from + i);
      narrow |= highs[i] ^ (lows[i] >> 63);
    }
    return narrow == 0
        ? new LongVector(type, lows, count, validity)
        : new Int128Vector(type, highs, lows, count, validity);
  }

  /// The lower 64 bits of a sum.
  long low(int group) {
    return high.length == 0 ? small[group] : low[group] + small[group];
  }

  /// The upper 64 bits of a sum.
  long high(int group) {
    long added = small[group];
    if (high.length == 0) {
      return added >> 63;
    }
    return high[group] + (added >> 63) + carry(low[group], added);
  }

  boolean fitsLong(int group) {
    return high(group) == (low(group) >> 63);
  }

  BigInteger get(int group) {
    return Int128Vector.big(high(group), low(group));
  }

  long bytes() {
    return ((long) small.length + high.length + low.length) * Long.BYTES;
  }

  /// Whether sums can take so much and still fit; carries over before, if that makes room.
  private boolean takeHeadroom(long most, int count) {
    long needed = most * count;
    if (needed > headroom) {
      if (rows < groups) {
        return false;
      }
      carryOver();
    }
    headroom -= needed;
    rows += count;
    return true;
  }

  private void addInts(int[] rowGroups, int[] values, int count) {
    if (groups == 1) {
      small[0] += sum(values, count);
    } else if (Banks.suit(groups)) {
      banks.add(rowGroups, values, count, groups, small);
    } else {
      add(rowGroups, values, count, small);
    }
  }

  private void addLongs(int[] rowGroups, long[] values, int count) {
    if (groups == 1) {
      small[0] += sum(values, count);
    } else if (Banks.suit(groups)) {
      banks.add(rowGroups, values, count, groups, small);
    } else {
      add(rowGroups, values, count, small);
    }
  }

  private void addInts(GroupedRows rows, int[] values) {
    for (int run = 0; run < rows.runs(); run++) {
      int from = rows.starts()[run];
      int to = rows.ends()[run];
      if (to > from) {
        small[rows.groups()[run]] += sum(values, rows.positions(), from, to);
      }
    }
  }

  private void addLongs(GroupedRows rows, long[] values) {
    for (int run = 0; run < rows.runs(); run++) {
      int from = rows.starts()[run];
      int to = rows.ends()[run];
      if (to > from) {
        small[rows.groups()[run]] += sum(values, rows.positions(), from, to);
      }
    }
  }

  private void addWide(GroupedRows rows, long @Nullable [] highs, long[] lows) {
    widen();
    for (int run = 0; run < rows.runs(); run++) {
      int group = rows.groups()[run];
      for (int i = rows.starts()[run]; i < rows.ends()[run]; i++) {
        int row = rows.positions()[i];
        addTo(group, highs == null ? lows[row] >> 63 : highs[row], lows[row]);
      }
    }
  }

  private static long sum(long[] values, int[] positions, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[positions[i]];
    }
    return sum;
  }

  private static long sum(int[] values, int[] positions, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[positions[i]];
    }
    return sum;
  }

  /// A power of two that no value's magnitude is beyond.
  private static long magnitude(long[] values, int count) {
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= values[i] ^ (values[i] << 1);
    }
    int used = Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
    return used >= Long.SIZE - 1 ? Long.MAX_VALUE : used < 0 ? 0 : 1L << used;
  }

  private static long sum(int[] values, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
    }
    return sum;
  }

  private static long sum(long[] values, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
    }
    return sum;
  }

  private static void add(int[] rowGroups, int[] values, int count, long[] sums) {
    for (int i = 0; i < count; i++) {
      sums[rowGroups[i]] += values[i];
    }
  }

  private static void add(int[] rowGroups, long[] values, int count, long[] sums) {
    for (int i = 0; i < count; i++) {
      sums[rowGroups[i]] += values[i];
    }
  }

  private void carryOver() {
    widen();
    for (int g = 0; g < groups; g++) {
      addTo(g, small[g] >> 63, small[g]);
      small[g] = 0;
    }
    headroom = FULL_HEADROOM;
    rows = 0;
  }

  /// @param highs null where the values are longs
  private void addWide(int[] rowGroups, long @Nullable [] highs, long[] lows, int count) {
    widen();
    for (int i = 0; i < count; i++) {
      addTo(rowGroups[i], highs == null ? lows[i] >> 63 : highs[i], lows[i]);
    }
  }

  private void widen() {
    if (high.length == 0) {
      high = new long[small.length];
      low = new long[small.length];
    }
  }

  private void addTo(int group, long addedHigh, long addedLow) {
    long oldHigh = high[group];
    long sum = oldHigh + addedHigh + carry(low[group], addedLow);
    if (((oldHigh ^ sum) & (addedHigh ^ sum)) < 0) {
      throw new FrazilException(
          ErrorCode.NUMERIC_OVERFLOW, "A sum is beyond 128 bits, the most that can be computed");
    }
    high[group] = sum;
    low[group] += addedLow;
  }

  /// 1 where the unsigned sum of two lower halves has a carry, else 0.
  private static long carry(long a, long b) {
    return ((a & b) | ((a | b) & ~(a + b))) >>> 63;
  }
}
