package io.frazil.engine.parquet.write;

import io.frazil.engine.type.DataType;
import java.util.List;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/// Adds up what the pages of a column hold: for each chunk, and for the file.
final class ColumnTotals {
  private final DataType type;
  private final PageValues values;
  private long bytes;
  private long rows;
  private long nulls;
  private long nans;
  private @Nullable Bounds bounds;

  ColumnTotals(DataType type, PageValues values) {
    this.type = type;
    this.values = values;
  }

  /// Adds a chunk and returns its statistics.
  Statistics endChunk(List<PageRecord> pages, long chunkBytes) {
    long chunkNulls = 0;
    long chunkNans = 0;
    Bounds chunkBounds = null;
    for (PageRecord page : pages) {
      rows += page.rows();
      chunkNulls += page.nulls();
      chunkNans += page.nans();
      chunkBounds = Bounds.union(chunkBounds, page.bounds(), values.order());
    }
    bytes += chunkBytes;
    nulls += chunkNulls;
    nans += chunkNans;
    bounds = Bounds.union(bounds, chunkBounds, values.order());
    return statistics(chunkNulls, chunkNans, chunkBounds);
  }

  WrittenColumn total() {
    byte[] upper = bounds == null ? null : values.upper(bounds.max());
    return new WrittenColumn(
        bytes,
        rows,
        nulls,
        nans,
        bounds == null ? null : PlainBytes.literal(values.lower(bounds.min()), type),
        upper == null ? null : PlainBytes.literal(upper, type));
  }

  private Statistics statistics(long chunkNulls, long chunkNans, @Nullable Bounds chunkBounds) {
    var statistics = new Statistics();
    statistics.setNull_count(chunkNulls);
    if (type.isFloating()) {
      statistics.setNan_count(chunkNans);
    }
    if (chunkBounds != null) {
      byte[] lower = values.lower(chunkBounds.min());
      statistics.setMin_value(lower);
      statistics.setIs_min_value_exact(lower == chunkBounds.min());
      byte[] upper = values.upper(chunkBounds.max());
      if (upper != null) {
        statistics.setMax_value(upper);
        statistics.setIs_max_value_exact(upper == chunkBounds.max());
      }
    }
    return statistics;
  }
}
