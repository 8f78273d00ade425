package io.frazil.benchmarks.coldstart;

import io.frazil.benchmarks.coldstart.FunctionProcess.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// What repeated starts of one function in one mode took, as medians and quartiles.
final class Figures {
  private final List<Start> starts = new ArrayList<>();

  /// One start.
  ///
  /// @param ready since the process began
  /// @param restored how many milliseconds before that it had been restored
  /// @param answered the first invocation's answer, since the process began
  /// @param first what the first invocation took, without what came before
  /// @param steady the median of the last invocations
  /// @param besides what they took besides their queries' own work, in milliseconds
  record Start(
      Moment ready,
      double restored,
      Moment answered,
      Moment first,
      Moment steady,
      double besides) {}

  void add(Start start) {
    starts.add(start);
  }

  /// A row of a table: wall (CPU) of each, in milliseconds.
  String row(String title) {
    double wall =
        median(starts.stream().mapToDouble(s -> s.first.wallMillis() / s.steady.wallMillis()));
    double cpu =
        median(starts.stream().mapToDouble(s -> s.first.cpuMillis() / s.steady.cpuMillis()));
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.1f | %s | %s | %s | %.2f (%.2f) | %.1f |",
        title,
        cell(starts.stream().map(Start::ready).toList(), 0),
        median(starts.stream().mapToDouble(Start::restored)),
        cell(starts.stream().map(Start::answered).toList(), 0),
        cell(starts.stream().map(Start::first).toList(), 1),
        cell(starts.stream().map(Start::steady).toList(), 1),
        wall,
        cpu,
        median(starts.stream().mapToDouble(Start::besides)));
  }

  private static String cell(List<Moment> moments, int digits) {
    double[] wall = moments.stream().mapToDouble(Moment::wallMillis).sorted().toArray();
    double[] cpu = moments.stream().mapToDouble(Moment::cpuMillis).sorted().toArray();
    String number = "%." + digits + "f";
    return String.format(
        Locale.ROOT,
        number + " [" + number + " to " + number + "] (" + number + ")",
        quantile(wall, 0.5),
        quantile(wall, 0.25),
        quantile(wall, 0.75),
        quantile(cpu, 0.5));
  }

  static double median(DoubleStream values) {
    return quantile(values.sorted().toArray(), 0.5);
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
