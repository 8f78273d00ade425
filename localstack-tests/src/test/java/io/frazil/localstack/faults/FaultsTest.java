package io.frazil.localstack.faults;

import io.frazil.localstack.data.Statements;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import io.frazil.oracle.Answer;
import io.frazil.oracle.TpchOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// Queries to which something happens.
@OnLocalStack
@Timeout(300)
final class FaultsTest {
  /// A line for each as it ends.
  private static final Path REPORT = Path.of("target", "faults.txt");

  private final Whole whole;

  FaultsTest(Whole whole) {
    this.whole = whole;
  }

  @TestFactory
  Stream<DynamicTest> aSelectionOfWhatCanHappen() {
    return tests(Scenario.selection());
  }

  @TestFactory
  @Tag("matrix")
  Stream<DynamicTest> allThatCanHappen() throws IOException {
    Files.deleteIfExists(REPORT);
    return tests(Scenario.matching(System.getProperty("faults", ".*")));
  }

  private Stream<DynamicTest> tests(List<Scenario> scenarios) {
    Answer expected;
    try (TpchOracle oracle = whole.lake().oracle()) {
      expected = oracle.query(Statements.ALL_KINDS);
    }
    return scenarios.stream()
        .map(scenario ->
            DynamicTest.dynamicTest(scenario.toString(), () -> check(scenario, expected)));
  }

  private void check(Scenario scenario, Answer expected) throws IOException {
    long start = System.nanoTime();
    try {
      new FaultRun(whole, scenario).check(expected);
      report(scenario, "as promised", start);
    } catch (RuntimeException | AssertionError e) {
      report(scenario, "NOT as promised", start);
      throw new AssertionError(scenario + ": " + e.getMessage(), e);
    }
  }

  private static void report(Scenario scenario, String how, long start) throws IOException {
    double seconds = (System.nanoTime() - start) / 1e9;
    Files.writeString(
        REPORT,
        "%s: %s, %.1f s%n".formatted(scenario, how, seconds),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
