package io.frazil.engine.function.aggregate;

import io.frazil.engine.function.GroupedRows;
import io.frazil.engine.vector.Bitmap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which groups have a value that is not null. Costs nothing once all have.
final class SeenGroups {
  private boolean[] seen = {};
  private int unseen;
  private int groups;

  void resize(int groups) {
    unseen += groups - this.groups;
    this.groups = groups;
    if (groups > seen.length) {
      seen = Arrays.copyOf(seen, GroupArrays.capacity(groups));
    }
  }

  /// Marks the groups of rows, or of only those that are valid.
  void mark(int[] rowGroups, int count, long @Nullable [] validity) {
    if (unseen == 0) {
      return;
    }
    int found = 0;
    for (int i = 0; i < count; i++) {
      int group = rowGroups[i];
      if (!seen[group] && (validity == null || Bitmap.get(validity, i))) {
        seen[group] = true;
        found++;
      }
    }
    unseen -= found;
  }

  /// As above, of rows that are sorted by group.
  void mark(GroupedRows rows, long @Nullable [] validity) {
    for (int run = 0; unseen > 0 && run < rows.runs(); run++) {
      int to = rows.ends()[run];
      int at = rows.starts()[run];
      while (validity != null && at < to && !Bitmap.get(validity, rows.positions()[at])) {
        at++;
      }
      if (at < to) {
        mark(rows.groups()[run]);
      }
    }
  }

  void mark(int group) {
    if (!seen[group]) {
      seen[group] = true;
      unseen--;
    }
  }

  boolean contains(int group) {
    return seen[group];
  }

  /// As the validity of a range of groups; null where all were seen.
  long @Nullable [] validity(int from, int count) {
    if (unseen == 0) {
      return null;
    }
    long[] validity = new long[Bitmap.words(count)];
    for (int i = 0; i < count; i++) {
      if (seen[from + i]) {
        Bitmap.set(validity, i);
      }
    }
    return Bitmap.count(validity, count) == count ? null : validity;
  }

  long bytes() {
    return seen.length;
  }
}
