package io.frazil.worker;

import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskMetrics;
import java.time.Duration;

/// Whose processor time a fragment takes. For differences only.
enum CpuClock {
  /// The whole process': its compiler's and its collector's too. For one fragment at a time.
  PROCESS {
    @Override
    long nanos(TaskMetrics metrics) {
      return ProcessHandle.current()
          .info()
          .totalCpuDuration()
          .map(Duration::toNanos)
          .orElseGet(() -> DRIVERS.nanos(metrics));
    }
  },
  /// The drivers' time, which is near to it.
  DRIVERS {
    @Override
    long nanos(TaskMetrics metrics) {
      return metrics.nodes().values().stream().mapToLong(node -> node.get(Counter.NANOS)).sum();
    }
  };

  abstract long nanos(TaskMetrics metrics);
}
