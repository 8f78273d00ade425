package io.frazil.engine.task;

import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.ObjectStore;

/// The surroundings of one running task.
///
/// @param threads how many drivers run its pipelines, at least 1
public record TaskContext(
    ObjectStore store,
    MemoryPool memory,
    FunctionRegistry functions,
    Cancellation cancellation,
    TaskMetrics metrics,
    int threads) {
  public TaskContext {
    if (threads < 1) {
      throw new IllegalArgumentException("a task needs a thread, not " + threads);
    }
  }
}
