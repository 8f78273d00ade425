package io.frazil.worker;

import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whose processor time a fragment takes. For differences only.
enum CpuClock {
  /// The whole process': its compiler's and its collector's too. For one fragment at a time.
  PROCESS {
    @Override
    long nanos(TaskMetrics metrics) {
      try {
        return processNanos(Files.readString(STAT, StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        return DRIVERS.nanos(metrics); // No Linux.
      }
    }
  },
  /// The drivers' time, which is near to it.
  DRIVERS {
    @Override
    long nanos(TaskMetrics metrics) {
      return metrics.nodes().values().stream().mapToLong(node -> node.get(Counter.NANOS)).sum();
    }
  };

  /// Read as it is, and not by [ProcessHandle], which also looks for the process's user, command
  /// line and start: half a millisecond.
  private static final Path STAT = Path.of("/proc/self/stat");

  /// Linux counts in hundredths of a second for every processor that Lambda has.
  private static final long NANOS_PER_TICK = 10_000_000;

  abstract long nanos(TaskMetrics metrics);

  /// Fields 14 and 15: user's and system's time. The second is the command in brackets, and may
  /// hold spaces and brackets too.
  ///
  /// Source: proc_pid_stat(5).
  static long processNanos(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 14);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK;
  }
}
