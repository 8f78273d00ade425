package io.frazil.engine.parquet;

import io.frazil.engine.parquet.FileColumns.Stored;
import io.frazil.engine.parquet.RowGroupMetadata.Chunk;
import io.frazil.engine.parquet.RowGroupMetadata.Extent;
import io.frazil.engine.parquet.prune.Bounds;
import io.frazil.engine.parquet.prune.RowRanges;
import io.frazil.engine.parquet.prune.StatisticsBounds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/// Where the pages of a row group's columns are, and what is known of each. Indexes that are absent
/// or don't fit together are left out, as reading goes without.
final class PageIndex {
  private static final int MAX_BYTES = 16 << 20;

  private final Map<Integer, Pages> pages = new HashMap<>();

  /// The pages of one column.
  ///
  /// @param bounds one for each page, or none
  record Pages(List<PageLocation> locations, List<Bounds> bounds) {
    Pages {
      locations = List.copyOf(locations);
      bounds = List.copyOf(bounds);
    }

    long firstRow(int page) {
      return locations.get(page).getFirst_row_index();
    }

    /// How many of the pages have none of `rows`.
    long without(RowRanges rows, long rowGroupRows) {
      long count = 0;
      for (int page = 0; page < locations.size(); page++) {
        count += rows.touches(firstRow(page), endRow(page, rowGroupRows)) ? 0 : 1;
      }
      return count;
    }

    /// The row behind the page's last.
    long endRow(int page, long rowGroupRows) {
      return page + 1 < locations.size() ? firstRow(page + 1) : rowGroupRows;
    }
  }

  @Nullable Pages pages(int column) {
    return pages.get(column);
  }

  /// Reads the index of one column, unless it was read.
  ///
  /// @param column the scan's
  void read(RowGroup group, int column, Stored stored) {
    Chunk chunk = group.chunk(stored);
    Extent offsets = chunk.offsetIndex();
    if (offsets == null || pages.containsKey(column)) {
      return;
    }
    List<PageLocation> locations = locations(group.file().file(), offsets, chunk, group.rows());
    if (!locations.isEmpty()) {
      pages.put(column, new Pages(locations, bounds(group, stored, chunk, locations.size())));
    }
  }

  private static List<PageLocation> locations(
      ParquetFile file, Extent extent, Chunk chunk, long rows) {
    byte[] bytes = bytes(file, extent);
    try {
      OffsetIndex index = Util.readOffsetIndex(new ByteArrayInputStream(bytes));
      List<PageLocation> locations = index.getPage_locations();
      return locations != null && fit(locations, chunk, rows) ? locations : List.of();
    } catch (IOException | RuntimeException e) {
      return List.of();
    }
  }

  private static List<Bounds> bounds(RowGroup group, Stored stored, Chunk chunk, int count) {
    Extent extent = chunk.columnIndex();
    if (extent == null) {
      return List.of();
    }
    byte[] bytes = bytes(group.file().file(), extent);
    try {
      ColumnIndex index = Util.readColumnIndex(new ByteArrayInputStream(bytes));
      return StatisticsBounds.of(
          index,
          RowPruner.value(stored.storage()),
          count,
          stored.storage().optional(),
          chunk.ordered());
    } catch (IOException | RuntimeException e) {
      return List.of();
    }
  }

  private static byte[] bytes(ParquetFile file, Extent extent) {
    if (extent.length() > MAX_BYTES) {
      return new byte[0];
    }
    byte[] bytes = new byte[extent.length()];
    file.read(extent.start(), bytes, 0, bytes.length);
    return bytes;
  }

  /// Whether pages follow each other, begin with the first row and stay within their chunk.
  private static boolean fit(List<PageLocation> locations, Chunk chunk, long rows) {
    long offset = chunk.start();
    long row = 0;
    for (int i = 0; i < locations.size(); i++) {
      PageLocation page = locations.get(i);
      boolean follows = i == 0 ? page.getFirst_row_index() == 0 : page.getFirst_row_index() >= row;
      if (!follows
          || page.getFirst_row_index() > rows
          || page.getOffset() < offset
          || page.getCompressed_page_size() < 0) {
        return false;
      }
      offset = page.getOffset() + page.getCompressed_page_size();
      row = page.getFirst_row_index();
    }
    return offset <= chunk.start() + chunk.length();
  }

  /// What is to be read of a chunk for some rows: the dictionary and the pages that have any of
  /// them, those next to each other together.
  static List<ChunkFetch.Wanted> wanted(
      int column, Chunk chunk, Pages pages, RowRanges rows, long all) {
    var wanted = new ArrayList<ChunkFetch.Wanted>();
    long dictionary = pages.locations().getFirst().getOffset() - chunk.start();
    if (dictionary > 0) {
      wanted.add(new ChunkFetch.Wanted(column, chunk.start(), dictionary, 0));
    }
    int count = pages.locations().size();
    int page = 0;
    while (page < count) {
      int end = page;
      while (end < count && rows.touches(pages.firstRow(end), pages.endRow(end, all))) {
        end++;
      }
      if (end > page) {
        long start = pages.locations().get(page).getOffset();
        PageLocation last = pages.locations().get(end - 1);
        long length = last.getOffset() + last.getCompressed_page_size() - start;
        wanted.add(new ChunkFetch.Wanted(column, start, length, pages.firstRow(page)));
      }
      page = Math.max(end, page + 1);
    }
    return wanted;
  }
}
