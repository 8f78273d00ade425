package io.frazil.engine.parquet;

import io.frazil.engine.parquet.prune.RowRanges;

/// What a driver takes at a time: a row group, or a part of one, of which no more than `rows` need
/// to be read. Whoever takes it releases its file.
///
/// @param index where the pages are that pruning or dividing looked for
record Morsel(RowGroup group, RowRanges rows, PageIndex index) {
  /// Whether it is all of its row group.
  boolean isWhole() {
    return rows.count() == group.rows();
  }
}
