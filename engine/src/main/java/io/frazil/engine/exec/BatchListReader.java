package io.frazil.engine.exec;

import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Takes batches that lie in memory from a queue shared with other readers.
final class BatchListReader implements BatchReader {
  private final List<Batch> batches;
  private final AtomicInteger position;

  BatchListReader(List<Batch> batches, AtomicInteger position) {
    this.batches = batches;
    this.position = position;
  }

  @Override
  public @Nullable Batch next() {
    int index = position.getAndIncrement();
    return index < batches.size() ? batches.get(index) : null;
  }

  @Override
  public void close() {
    // The batches are the source's.
  }
}
