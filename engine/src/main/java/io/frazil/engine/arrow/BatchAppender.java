package io.frazil.engine.arrow;

import io.frazil.engine.memory.Reservation;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;

/// Collects live rows of batches until they fill a record batch.
final class BatchAppender {
  private final ColumnAppender[] columns;
  private int rows;

  /// @param reservation for what it holds
  BatchAppender(Schema schema, Reservation reservation) {
    this.columns = new ColumnAppender[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = ColumnAppender.of(schema.type(i), reservation);
    }
  }

  /// Takes `count` of the live rows, from the `from`-th on.
  ///
  /// @param scratch of at least `count`
  void append(Batch batch, int from, int count, int[] scratch) {
    for (int i = 0; i < columns.length; i++) {
      columns[i].append(batch.column(i), batch.selection(), from, count, scratch);
    }
    rows += count;
  }

  int rows() {
    return rows;
  }

  int width() {
    return columns.length;
  }

  ColumnAppender column(int index) {
    return columns[index];
  }

  /// Begins anew.
  void clear() {
    for (ColumnAppender column : columns) {
      column.clear();
    }
    rows = 0;
  }
}
