package io.frazil.engine.parquet.prune;

import java.util.ArrayList;
import java.util.List;

/// Rows of a row group, as ranges that are ascending and do not touch.
public record RowRanges(List<Range> ranges) {
  /// Rows `from` to `to`, the latter excluded.
  public record Range(long from, long to) {}

  public RowRanges {
    ranges = List.copyOf(ranges);
  }

  public static RowRanges all(long rows) {
    return new RowRanges(rows == 0 ? List.of() : List.of(new Range(0, rows)));
  }

  /// Ascending ranges that may touch.
  public static RowRanges of(List<Range> ranges) {
    var joined = new ArrayList<Range>();
    for (Range range : ranges) {
      if (!joined.isEmpty() && joined.getLast().to() >= range.from()) {
        joined.set(
            joined.size() - 1,
            new Range(joined.getLast().from(), Math.max(joined.getLast().to(), range.to())));
      } else if (range.from() < range.to()) {
        joined.add(range);
      }
    }
    return new RowRanges(joined);
  }

  /// The rows that are in both.
  public RowRanges and(RowRanges other) {
    var both = new ArrayList<Range>();
    int i = 0;
    int j = 0;
    while (i < ranges.size() && j < other.ranges.size()) {
      Range a = ranges.get(i);
      Range b = other.ranges.get(j);
      long from = Math.max(a.from(), b.from());
      long to = Math.min(a.to(), b.to());
      if (from < to) {
        both.add(new Range(from, to));
      }
      if (a.to() < b.to()) {
        i++;
      } else {
        j++;
      }
    }
    return new RowRanges(both);
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /// Whether any of rows `from` to `to` is among them.
  public boolean touches(long from, long to) {
    for (Range range : ranges) {
      if (range.from() < to && range.to() > from) {
        return true;
      }
    }
    return false;
  }

  public long count() {
    long rows = 0;
    for (Range range : ranges) {
      rows += range.to() - range.from();
    }
    return rows;
  }
}
