package io.frazil.cli;

import io.frazil.engine.exec.TaskExecution;
import io.frazil.engine.exec.TaskInputs;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.Split;
import io.frazil.engine.plan.TableReference;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.engine.vector.BatchReader;
import io.frazil.iceberg.ColumnScanner;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Reads files that are about to become a table, by a plan of nothing but their scan.
final class FileScanner implements ColumnScanner {
  private final ObjectStore store;
  private final MemoryPool memory;
  private final int threads;

  FileScanner(ObjectStore store, MemoryPool memory, int threads) {
    this.store = store;
    this.memory = memory;
    this.threads = threads;
  }

  @Override
  public BatchReader scan(List<ScanColumn> columns, List<Split.Parquet> splits) {
    var scan =
        new PhysicalPlan.TableScan(
            0,
            new TableReference(List.of("import"), null),
            columns,
            List.of(),
            IntStream.range(0, columns.size()).boxed().toList(),
            null,
            List.of());
    var context =
        new TaskContext(
            store,
            memory,
            FunctionRegistry.empty(),
            new Cancellation(),
            new TaskMetrics(),
            threads);
    var inputs =
        new TaskInputs(
            Map.of(scan.id(), List.copyOf(splits)),
            Map.of(),
            stage -> {
              throw new IllegalStateException("a scan has no stage " + stage.stage());
            });
    return TaskExecution.start(scan, inputs, context);
  }
}
