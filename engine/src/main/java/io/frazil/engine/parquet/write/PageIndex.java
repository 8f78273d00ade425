package io.frazil.engine.parquet.write;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.jspecify.annotations.Nullable;

/// Makes the two halves of a chunk's page index.
final class PageIndex {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private PageIndex() {}

  static OffsetIndex offsets(List<PageRecord> pages, long firstPageOffset) {
    var locations = new ArrayList<PageLocation>(pages.size());
    for (PageRecord page : pages) {
      locations.add(
          new PageLocation(firstPageOffset + page.offset(), page.bytes(), page.firstRow()));
    }
    return new OffsetIndex(locations);
  }

  /// Null where a page has values but no bounds, which the index cannot say: nothing but NaNs, or
  /// text without a short upper bound.
  static @Nullable ColumnIndex columns(List<PageRecord> pages, PageValues values) {
    var nullPages = new ArrayList<Boolean>(pages.size());
    var mins = new ArrayList<ByteBuffer>(pages.size());
    var maxes = new ArrayList<ByteBuffer>(pages.size());
    var nullCounts = new ArrayList<Long>(pages.size());
    for (PageRecord page : pages) {
      boolean onlyNulls = page.nulls() == page.rows();
      nullPages.add(onlyNulls);
      nullCounts.add(page.nulls());
      if (onlyNulls) {
        mins.add(NOTHING);
        maxes.add(NOTHING);
        continue;
      }
      Bounds bounds = page.bounds();
      byte[] upper = bounds == null ? null : values.upper(bounds.max());
      if (bounds == null || upper == null) {
        return null;
      }
      mins.add(ByteBuffer.wrap(values.lower(bounds.min())));
      maxes.add(ByteBuffer.wrap(upper));
    }
    var index = new ColumnIndex(nullPages, mins, maxes, order(pages, values.order()));
    index.setNull_counts(nullCounts);
    return index;
  }

  // Shortening keeps the order, so the full bounds decide it.
  private static BoundaryOrder order(List<PageRecord> pages, Comparator<byte[]> order) {
    boolean ascending = true;
    boolean descending = true;
    Bounds before = null;
    for (PageRecord page : pages) {
      Bounds bounds = page.bounds();
      if (before != null && bounds != null) {
        int mins = order.compare(before.min(), bounds.min());
        int maxes = order.compare(before.max(), bounds.max());
        ascending &= mins <= 0 && maxes <= 0;
        descending &= mins >= 0 && maxes >= 0;
      }
      before = bounds == null ? before : bounds;
    }
    if (ascending) {
      return BoundaryOrder.ASCENDING;
    }
    return descending ? BoundaryOrder.DESCENDING : BoundaryOrder.UNORDERED;
  }
}
