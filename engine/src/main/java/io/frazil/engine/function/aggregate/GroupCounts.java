package io.frazil.engine.function.aggregate;

import io.frazil.engine.function.GroupedRows;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How many rows each group has.
final class GroupCounts {
  private long[] counts = {};
  private int groups;
  private final Banks banks = new Banks();

  void resize(int groups) {
    this.groups = groups;
    if (groups > counts.length) {
      counts = Arrays.copyOf(counts, GroupArrays.capacity(groups));
    }
  }

  /// Counts rows, or of them only the valid ones.
  void add(int[] rowGroups, int count, long @Nullable [] validity) {
    if (groups == 1) {
      counts[0] += validity == null ? count : Bitmap.count(validity, count);
    } else if (validity != null) {
      countValid(rowGroups, count, validity, counts);
    } else if (Banks.suit(groups)) {
      banks.count(rowGroups, count, groups, counts);
    } else {
      countAll(rowGroups, count, counts);
    }
  }

  /// Counts rows that are sorted by group, or of them only the valid ones.
  void add(GroupedRows rows, long @Nullable [] validity) {
    for (int run = 0; run < rows.runs(); run++) {
      int from = rows.starts()[run];
      int to = rows.ends()[run];
      if (to > from) {
        counts[rows.groups()[run]] +=
            validity == null ? to - from : countValid(rows.positions(), from, to, validity);
      }
    }
  }

  /// Adds counts that were made elsewhere.
  void merge(int[] rowGroups, LongVector partial) {
    long[] values = partial.values();
    for (int i = 0; i < partial.length(); i++) {
      counts[rowGroups[i]] += values[i];
    }
  }

  long get(int group) {
    return counts[group];
  }

  Vector vector(int from, int count) {
    long[] values = from == 0 ? counts : Arrays.copyOfRange(counts, from, from + count);
    return new LongVector(Types.BIGINT, values, count, null);
  }

  /// Which groups of a range have rows; null where all do.
  long @Nullable [] validity(int from, int count) {
    long[] validity = new long[Bitmap.words(count)];
    for (int i = 0; i < count; i++) {
      if (counts[from + i] != 0) {
        Bitmap.set(validity, i);
      }
    }
    return Bitmap.count(validity, count) == count ? null : validity;
  }

  long bytes() {
    return (long) counts.length * Long.BYTES;
  }

  private static int countValid(int[] positions, int from, int to, long[] validity) {
    int valid = 0;
    for (int i = from; i < to; i++) {
      valid += Bitmap.get(validity, positions[i]) ? 1 : 0;
    }
    return valid;
  }

  private static void countAll(int[] rowGroups, int count, long[] counts) {
    for (int i = 0; i < count; i++) {
      counts[rowGroups[i]]++;
    }
  }

  private static void countValid(int[] rowGroups, int count, long[] validity, long[] counts) {
    for (int i = 0; i < count; i++) {
      counts[rowGroups[i]] += (validity[i >>> 6] >>> i) & 1;
    }
  }
}
