package io.frazil.engine.parquet;

import io.frazil.engine.task.NodeMetrics;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import org.jspecify.annotations.Nullable;

/// One driver's part of a [ParquetSource]: takes morsels, the next one's bytes being read while it
/// decodes one.
final class ScanReader implements BatchReader {
  private final ParquetSource source;
  private final DriverState state;
  private final NodeMetrics metrics;
  private @Nullable MorselFetch current;
  private @Nullable MorselFetch ahead;
  private @Nullable RowGroupReader rows;
  private boolean closed;

  ScanReader(ParquetSource source, DriverState state, NodeMetrics metrics) {
    this.source = source;
    this.state = state;
    this.metrics = metrics;
  }

  @Override
  public @Nullable Batch next() {
    if (closed) {
      return null;
    }
    Batch batch = pull();
    if (batch == null) {
      close();
    } else {
      source.produced(batch.rows());
    }
    return batch;
  }

  private @Nullable Batch pull() {
    while (true) {
      source.check();
      if (source.hasEnough()) {
        return null;
      }
      RowGroupReader reading = rows;
      if (reading == null) {
        reading = nextRowGroup();
        if (reading == null) {
          return null;
        }
        rows = reading;
      }
      Batch batch = reading.next();
      if (batch != null) {
        return batch;
      }
      finishRowGroup();
    }
  }

  private @Nullable RowGroupReader nextRowGroup() {
    MorselFetch fetch = ahead;
    ahead = null;
    if (fetch == null) {
      fetch = source.take(state);
    }
    if (fetch == null) {
      return null;
    }
    current = fetch;
    fetch.startNow();
    MorselFetch following = source.takeAhead(state);
    if (following != null) {
      ahead = following;
      following.startIfRoom();
    }
    return new RowGroupReader(fetch.morsel(), fetch.await(), state);
  }

  private void finishRowGroup() {
    RowGroupReader finished = rows;
    rows = null;
    if (finished != null) {
      metrics.add(Counter.ROWS_FILTERED, finished.droppedByConjuncts());
      metrics.add(Counter.ROWS_RUNTIME_FILTERED, finished.droppedByRuntime());
      metrics.add(Counter.PAGES_PRUNED, finished.pagesSkipped());
      metrics.add(Counter.ROW_GROUPS_PRUNED, finished.isPruned() ? 1 : 0);
    }
    if (current != null) {
      current.close();
      current = null;
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    finishRowGroup();
    if (ahead != null) {
      ahead.close();
      ahead = null;
    }
    state.close();
  }
}
