package io.frazil.engine.parquet;

import io.frazil.engine.parquet.prune.RowRanges;
import java.util.ArrayList;
import java.util.List;

/// Divides a large row group, so that several drivers share it and none holds all of it. Each part
/// reads the dictionaries anew and the pages that reach into it, so parts are large and end where
/// pages do.
final class MorselParts {
  /// Parts of fewer rows cost more than they give.
  private static final long MIN_ROWS = 1 << 18;

  /// Parts of more bytes hold more memory than they have to.
  private static final long MAX_BYTES = 64 << 20;

  /// With more parts than drivers, these end at about the same time.
  private static final long PARTS_A_DRIVER = 4;

  private MorselParts() {}

  /// In how many parts to divide.
  ///
  /// @param bytes that are to be read for the rows
  static int count(long rows, long bytes, int drivers) {
    long most = Math.max(1, rows / MIN_ROWS);
    long forDrivers = drivers == 1 ? 1 : drivers * PARTS_A_DRIVER;
    return (int) Math.min(most, Math.max(forDrivers, bytes / MAX_BYTES));
  }

  /// The rows in about `count` parts of about the same size.
  ///
  /// @param pages of the column at whose pages the parts end
  static List<RowRanges> divide(RowRanges rows, PageIndex.Pages pages, long groupRows, int count) {
    long size = Math.ceilDiv(rows.count(), count);
    var parts = new ArrayList<RowRanges>();
    long from = 0;
    for (int page = 0; page < pages.locations().size(); page++) {
      long to = pages.endRow(page, groupRows);
      RowRanges part = rows.and(RowRanges.of(List.of(new RowRanges.Range(from, to))));
      boolean last = page == pages.locations().size() - 1;
      if (part.count() >= size || (last && !part.isEmpty())) {
        parts.add(part);
        from = to;
      }
    }
    return parts;
  }
}
