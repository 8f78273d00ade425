package io.frazil.engine.exec;

import io.frazil.engine.vector.BatchReader;

/// A streaming operator of a pipeline: makes one for each driver.
@FunctionalInterface
public interface OperatorFactory {
  /// The operator over this driver's input. Closing it closes the input; it closes the input early
  /// once it needs no more of it.
  BatchReader open(BatchReader input);
}
