package io.frazil.engine.vector;

import org.jspecify.annotations.Nullable;

/// A stream of batches, pulled by one thread.
public interface BatchReader extends AutoCloseable {
  /// The next batch, or null at the end and ever after. It is valid until the next call.
  @Nullable Batch next();

  /// May come before the end, and twice.
  @Override
  void close();
}
