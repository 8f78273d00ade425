package io.frazil.session.stage;

import io.frazil.engine.plan.Split;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchBuilder;
import io.frazil.engine.vector.BatchReader;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A share of a table whose rows are given, and of as many bytes as is said.
record RowsSplit(Schema schema, List<@Nullable Object[]> rows, long bytes) implements Split.Local {
  @Override
  public BatchReader open(List<Integer> columns) {
    var batches = new BatchBuilder(schema);
    rows.forEach(batches::row);
    Iterator<Batch> each = batches.batches().iterator();
    return new BatchReader() {
      @Override
      public @Nullable Batch next() {
        return each.hasNext() ? each.next() : null;
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }
}
