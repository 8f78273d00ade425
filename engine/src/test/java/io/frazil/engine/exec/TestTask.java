package io.frazil.engine.exec;

import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;

/// The surroundings of a task that touches no store.
public final class TestTask {
  private TestTask() {}

  public static TaskContext context(int threads) {
    return context(threads, 1L << 30);
  }

  public static TaskContext context(int threads, long memory) {
    return new TaskContext(
        new NoStore(),
        new MemoryPool(memory),
        BuiltInAggregates.register(FunctionRegistry.empty()),
        new Cancellation(),
        new TaskMetrics(),
        threads);
  }
}
