package io.frazil.session.statistics;

import io.frazil.engine.task.NodeMetrics.Counter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells of scans what they read also where another stage ran them than was planned: the one that
/// reads theirs did their work too, and they had no tasks.
final class ScansAsRun {
  private ScansAsRun() {}

  static List<StageStatistics> of(List<StageStatistics> stages) {
    if (stages.stream().noneMatch(ScansAsRun::ranElsewhere)) {
      return stages;
    }
    Map<Integer, NodeStatistics> nodes = new HashMap<>();
    stages.forEach(stage -> stage.nodes().forEach(node -> nodes.put(node.id(), node)));
    return stages.stream()
        .map(stage -> ranElsewhere(stage) ? counted(stage, nodes) : stage)
        .toList();
  }

  private static boolean ranElsewhere(StageStatistics stage) {
    return stage.tasks() == 0 && !stage.scans().isEmpty();
  }

  private static StageStatistics counted(
      StageStatistics stage, Map<Integer, NodeStatistics> nodes) {
    return new StageStatistics(
        stage.number(),
        stage.title(),
        stage.tasks(),
        stage.attempts(),
        stage.elapsed(),
        stage.cpu(),
        stage.rows(),
        stage.bytesWritten(),
        stage.peakMemoryBytes(),
        stage.scans().stream().map(scan -> counted(scan, nodes.get(scan.node()))).toList(),
        stage.nodes());
  }

  private static ScanStatistics counted(ScanStatistics scan, @Nullable NodeStatistics ran) {
    return ran == null
        ? scan
        : new ScanStatistics(
            scan.node(),
            scan.table(),
            scan.files(),
            scan.filesPruned(),
            scan.bytes(),
            scan.bytesPruned(),
            ran.get(Counter.READ_BYTES),
            ran.get(Counter.READ_REQUESTS));
  }
}
