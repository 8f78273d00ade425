package io.frazil.cli;

import io.frazil.cli.output.ProgressLine.Progress;
import io.frazil.cli.output.Units;
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
import io.frazil.engine.task.NodeMetrics;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.engine.vector.BatchReader;
import io.frazil.iceberg.ColumnScanner;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Reads files that are about to become a table, by a plan of nothing but their scan.
final class FileScanner implements ColumnScanner {
  /// The plan's only node.
  private static final int SCAN = 0;

  private final ObjectStore store;
  private final MemoryPool memory;
  private final int threads;
  private final Cancellation cancellation = new Cancellation();
  private final TaskMetrics metrics = new TaskMetrics();
  private volatile long bytes;

  FileScanner(ObjectStore store, MemoryPool memory, int threads) {
    this.store = store;
    this.memory = memory;
    this.threads = threads;
  }

  /// Asks it to stop: its reader then fails with CANCELLED.
  void cancel() {
    cancellation.cancel();
  }

  /// How far it is.
  Progress progress() {
    long all = bytes;
    if (all == 0) {
      return new Progress(-1, "reading footers");
    }
    long read = metrics.node(SCAN).get(NodeMetrics.Counter.READ_BYTES);
    return new Progress(
        (double) read / all, "%s of %s".formatted(Units.bytes(read), Units.bytes(all)));
  }

  @Override
  public BatchReader scan(List<ScanColumn> columns, List<Split.Parquet> splits) {
    bytes = splits.stream().mapToLong(Split.Parquet::fileSize).sum();
    var scan =
        new PhysicalPlan.TableScan(
            SCAN,
            new TableReference(List.of("import"), null),
            columns,
            List.of(),
            IntStream.range(0, columns.size()).boxed().toList(),
            null,
            List.of());
    var context =
        new TaskContext(store, memory, FunctionRegistry.empty(), cancellation, metrics, threads);
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
