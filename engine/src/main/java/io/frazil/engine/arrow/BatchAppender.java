package io.frazil.engine.arrow;

import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/// Collects live rows of batches until they fill an Arrow root.
final class BatchAppender {
  private static final int[] ALL = new int[Batch.MAX_ROWS];

  static {
    for (int i = 0; i < ALL.length; i++) {
      ALL[i] = i;
    }
  }

  private final List<ColumnAppender> columns;
  private int rows;

  BatchAppender(Schema schema) {
    this.columns = schema.fields().stream().map(Field::type).map(ColumnAppender::of).toList();
  }

  /// Takes `count` of the live rows, from the `from`-th on.
  void append(Batch batch, int from, int count) {
    int[] selection = batch.selection();
    int[] live = selection == null ? ALL : selection;
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).append(batch.column(i), live, from, count);
    }
    rows += count;
  }

  int rows() {
    return rows;
  }

  /// How much memory is held.
  long bytes() {
    long bytes = 0;
    for (ColumnAppender column : columns) {
      bytes += column.bytes();
    }
    return bytes;
  }

  /// Makes the root hold what was collected, and begins anew.
  void moveTo(VectorSchemaRoot root) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).fill(root.getVector(i));
      columns.get(i).clear();
    }
    root.setRowCount(rows);
    rows = 0;
  }
}
