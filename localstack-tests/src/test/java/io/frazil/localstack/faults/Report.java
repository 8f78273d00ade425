package io.frazil.localstack.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Tells how scenarios ended, a line for each as it ends.
final class Report {
  private static final Path FILE = Path.of("target", "faults.txt");

  private Report() {}

  /// Runs one.
  ///
  /// @throws AssertionError where it did not end as promised, with the scenario's name
  static void of(Object scenario, Runnable check) throws IOException {
    long start = System.nanoTime();
    try {
      check.run();
      tell(scenario, "as promised", start);
    } catch (RuntimeException | AssertionError e) {
      tell(scenario, "NOT as promised", start);
      throw new AssertionError(scenario + ": " + e.getMessage(), e);
    }
  }

  private static void tell(Object scenario, String how, long start) throws IOException {
    double seconds = (System.nanoTime() - start) / 1e9;
    Files.writeString(
        FILE,
        "%s: %s, %.1f s%n".formatted(scenario, how, seconds),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
