package io.frazil.iceberg.scan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.expressions.Projections;

/// The data files of one snapshot with all that its manifests say of them, in the order in which
/// they were added.
///
/// @param hasDeletes whether some of their rows may have been deleted since
public record SnapshotFiles(List<FileScanTask> all, boolean hasDeletes) {
  private static final boolean CASE_SENSITIVE = true;

  public SnapshotFiles {
    all = List.copyOf(all);
  }

  /// The files that may hold a row that passes, by their partitions and their columns' bounds: what
  /// planning a scan of the manifests finds.
  ///
  /// @param schema that the filter's names are of, and that the files were read with
  public List<FileScanTask> matching(Schema schema, Expression filter) {
    if (filter == Expressions.alwaysTrue()) {
      return all;
    }
    var metrics = new InclusiveMetricsEvaluator(schema, filter, CASE_SENSITIVE);
    Map<Integer, Evaluator> partitions = new HashMap<>();
    return all.stream()
        .filter(task ->
            partitions
                    .computeIfAbsent(task.spec().specId(), _ -> evaluator(task, filter))
                    .eval(task.file().partition())
                && metrics.eval(task.file()))
        .toList();
  }

  private static Evaluator evaluator(FileScanTask task, Expression filter) {
    return new Evaluator(
        task.spec().partitionType(),
        Projections.inclusive(task.spec(), CASE_SENSITIVE).project(filter),
        CASE_SENSITIVE);
  }
}
