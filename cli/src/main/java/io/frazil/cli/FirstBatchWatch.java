package io.frazil.cli;

import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import org.jspecify.annotations.Nullable;

/// Says when the first batch, or the end, has come.
final class FirstBatchWatch implements BatchReader {
  private final BatchReader batches;
  private final Runnable first;

  /// @param first may run for every batch
  FirstBatchWatch(BatchReader batches, Runnable first) {
    this.batches = batches;
    this.first = first;
  }

  @Override
  public @Nullable Batch next() {
    Batch batch = batches.next();
    first.run();
    return batch;
  }

  @Override
  public void close() {
    batches.close();
  }
}
