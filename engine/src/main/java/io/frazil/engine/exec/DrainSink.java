package io.frazil.engine.exec;

import io.frazil.engine.vector.Batch;

/// Where a pipeline ends that runs for what it leaves behind: probing that only marks build rows.
final class DrainSink implements Sink {
  @Override
  public Driver open() {
    return new Driver() {
      @Override
      public boolean accept(Batch batch) {
        return true;
      }

      @Override
      public void finish() {
        // Nothing was kept.
      }

      @Override
      public void close() {
        // Nothing was kept.
      }
    };
  }

  @Override
  public void combine(Workers workers) {
    // Nothing was kept.
  }

  @Override
  public void close() {
    // Nothing was kept.
  }
}
