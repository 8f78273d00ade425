package io.frazil.engine.parquet;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.evaluate.RuntimeFilter;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.plan.RuntimeFilterTarget;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.Split;
import io.frazil.engine.plan.TableReference;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.NodeMetrics;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Runs scans of one file and gives their rows.
final class Scans {
  final RuntimeFilters runtimeFilters = new RuntimeFilters();
  final TaskMetrics metrics = new TaskMetrics();
  final MemoryPool memory = new MemoryPool(1L << 30);
  final Cancellation cancellation = new Cancellation();
  private final ObjectStore store;
  private final List<RuntimeFilterTarget> targets = new ArrayList<>();
  private @Nullable Long limit;
  private int threads = 1;

  Scans(ObjectStore store) {
    this.store = store;
  }

  Scans limit(long rows) {
    limit = rows;
    return this;
  }

  Scans threads(int count) {
    threads = count;
    return this;
  }

  Scans runtimeFilter(int column, RuntimeFilter filter) {
    targets.add(new RuntimeFilterTarget(targets.size(), column));
    runtimeFilters.publish(targets.size() - 1, filter);
    return this;
  }

  NodeMetrics node() {
    return metrics.node(1);
  }

  /// All of a file.
  Split.Parquet split(String location) {
    long size = store.head(location).size();
    return new Split.Parquet(location, 0, size, size, null, Map.of());
  }

  /// The columns of a file by its own names and types.
  static List<ScanColumn> columns(ObjectStore store, String location) {
    try (var file = ParquetFile.open(store, location)) {
      return file.columns().stream()
          .filter(c -> c.type().isPresent())
          .map(c ->
              new ScanColumn(
                  c.name(),
                  c.type().orElseThrow(),
                  c.nullable(),
                  c.fieldId(),
                  List.of(c.name()),
                  null))
          .toList();
    }
  }

  /// Rows of all columns of a file that pass, each as its values.
  List<List<@Nullable Object>> rows(String location, Expression... filters) {
    List<ScanColumn> columns = columns(store, location);
    return rows(
        location, columns, IntStream.range(0, columns.size()).boxed().toList(), List.of(filters));
  }

  List<List<@Nullable Object>> rows(
      String location, List<ScanColumn> columns, List<Integer> outputs, List<Expression> filters) {
    return rows(columns, outputs, filters, List.of(split(location)));
  }

  List<List<@Nullable Object>> rows(
      List<ScanColumn> columns,
      List<Integer> outputs,
      List<Expression> filters,
      List<Split.Parquet> splits) {
    var rows = new ArrayList<List<@Nullable Object>>();
    try (ParquetSource source = source(columns, outputs, filters, splits);
        BatchReader reader = source.open()) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        PlainFilter.addRows(batch, rows);
      }
    }
    if (memory.used() != 0) {
      throw new AssertionError(memory.used() + " bytes are still reserved");
    }
    return rows;
  }

  /// A scan that several drivers may read.
  ParquetSource source(
      List<ScanColumn> columns,
      List<Integer> outputs,
      List<Expression> filters,
      List<Split.Parquet> splits) {
    var scan =
        new TableScan(
            1, new TableReference(List.of("t"), null), columns, filters, outputs, limit, targets);
    var context =
        new TaskContext(store, memory, FunctionRegistry.empty(), cancellation, metrics, threads);
    return new ParquetSource(scan, splits, context, runtimeFilters, PlainFilter::new);
  }

  /// What a scan that must fail fails with.
  FrazilException failure(String location, Expression... filters) {
    try {
      rows(location, filters);
    } catch (FrazilException e) {
      return e;
    }
    throw new AssertionError("the scan succeeded");
  }
}
