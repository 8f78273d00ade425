package io.frazil.benchmarks.cost;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// How much of the machine's processors other processes take meanwhile, by Linux's `/proc/stat`: a
/// bill that is told in wall time says nothing where they take much.
final class Others {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final Path STAT = Path.of("/proc/stat");

  /// The column of those times that the processors had nothing to do, behind the line's name.
  private static final int IDLE = 4;

  private static final int WAITING = 5;
  private static final double TICK_NANOS = 1e7;

  private final long startNanos = System.nanoTime();
  private final double startBusy = busyNanos();
  private final long startOwn = PROCESS.getProcessCpuTime();

  /// The share of all processors' time since this was made; 0 where that is not known.
  double share() {
    double all =
        (double) (System.nanoTime() - startNanos) * Runtime.getRuntime().availableProcessors();
    double own = PROCESS.getProcessCpuTime() - startOwn;
    return Math.max(0, busyNanos() - startBusy - own) / all;
  }

  private static double busyNanos() {
    if (!Files.isReadable(STAT)) {
      return 0;
    }
    try {
      String[] all = Files.readString(STAT).lines().findFirst().orElse("").split(" +");
      double ticks = Arrays.stream(all).skip(1).limit(8).mapToLong(Long::parseLong).sum();
      return (ticks - Long.parseLong(all[IDLE]) - Long.parseLong(all[WAITING])) * TICK_NANOS;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
