package io.frazil.engine.exec;

import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Applies a function to each batch: a predicate or a projection. Passes batches without live rows
/// on too, so that whoever pulls can look up between them.
final class MapOperator implements BatchReader {
  private final BatchReader input;
  private final UnaryOperator<Batch> function;

  MapOperator(BatchReader input, UnaryOperator<Batch> function) {
    this.input = input;
    this.function = function;
  }

  @Override
  public @Nullable Batch next() {
    Batch batch = input.next();
    return batch == null || batch.rows() == 0 ? batch : function.apply(batch);
  }

  @Override
  public void close() {
    input.close();
  }
}
