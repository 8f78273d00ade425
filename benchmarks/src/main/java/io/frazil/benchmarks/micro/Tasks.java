package io.frazil.benchmarks.micro;

import io.frazil.engine.exec.Sink;
import io.frazil.engine.exec.Workers;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What surrounds an operator that runs alone.
final class Tasks {
  private static final FunctionRegistry FUNCTIONS =
      BuiltInAggregates.register(FunctionRegistry.empty());

  private Tasks() {}

  static TaskContext context() {
    return new TaskContext(
        new LocalObjectStore(),
        new MemoryPool(Long.MAX_VALUE),
        FUNCTIONS,
        new Cancellation(),
        new TaskMetrics(),
        1);
  }

  static List<Integer> leading(int columns) {
    return IntStream.range(0, columns).boxed().toList();
  }

  /// One driver's batches.
  static void fill(Sink sink, List<Batch> batches) {
    try (Sink.Driver driver = sink.open()) {
      batches.forEach(driver::accept);
      driver.finish();
    }
    sink.combine(Workers.alone());
  }

  /// How many rows come.
  static long drain(BatchReader reader) {
    long rows = 0;
    for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
      rows += batch.rows();
    }
    return rows;
  }

  record ListReader(Iterator<Batch> batches) implements BatchReader {
    @Override
    public @Nullable Batch next() {
      return batches.hasNext() ? batches.next() : null;
    }

    @Override
    public void close() {}
  }
}
