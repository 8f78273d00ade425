package io.frazil.engine.parquet;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.vector.Batch;
import java.util.List;

/// Evaluates conjuncts over batches. One thread's: it may keep scratch space.
@FunctionalInterface
public interface RowFilter {
  /// The same batch with a selection of those live rows for which all conjuncts are true. It is
  /// valid until the next call.
  Batch filter(Batch batch);

  /// Makes filters, one for each driver and each part of a scan's condition.
  @FunctionalInterface
  interface Factory {
    RowFilter compile(List<Expression> conjuncts);
  }
}
