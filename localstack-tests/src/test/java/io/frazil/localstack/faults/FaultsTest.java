package io.frazil.localstack.faults;

import static io.frazil.localstack.faults.Scenario.Way.DIRECT;
import static io.frazil.localstack.faults.Scenario.Way.HTTP;
import static io.frazil.localstack.faults.Scenario.Way.STATE_MACHINE;

import io.frazil.localstack.data.Statements;
import io.frazil.localstack.whole.Moment;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import io.frazil.oracle.Answer;
import io.frazil.oracle.TpchOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// Queries to which something happens.
@OnLocalStack
final class FaultsTest {
  /// A line for each as it ends.
  private static final Path REPORT = Path.of("target", "faults.txt");

  /// Each harm once, each moment, each door.
  private static final List<Scenario> SELECTION =
      List.of(
          new Scenario(Harm.BUSY, Moment.SHUFFLE, DIRECT),
          new Scenario(Harm.SLOW, Moment.SCAN, HTTP),
          new Scenario(Harm.CUT_SHORT, Moment.MERGE, HTTP),
          new Scenario(Harm.RESET, Moment.PLANNING, DIRECT),
          new Scenario(Harm.LOST_REPLY, Moment.RESULT, DIRECT),
          new Scenario(Harm.THROTTLED, Moment.CALL, HTTP),
          new Scenario(Harm.LATE, Moment.CALL, DIRECT),
          new Scenario(Harm.TWICE, Moment.CALL, STATE_MACHINE),
          new Scenario(Harm.TWICE, Moment.PARTIAL, DIRECT),
          new Scenario(Harm.KILLED, Moment.PARTIAL, HTTP),
          new Scenario(Harm.KILLED, Moment.CALL, STATE_MACHINE),
          new Scenario(Harm.KILLED, Moment.MERGE, HTTP),
          new Scenario(Harm.KILLED_EACH_TIME, Moment.SCAN, DIRECT),
          new Scenario(Harm.TRUNCATED, Moment.SCAN, HTTP),
          new Scenario(Harm.TRUNCATED, Moment.SHUFFLE, STATE_MACHINE),
          new Scenario(Harm.COMMITTED, Moment.SCAN, DIRECT),
          new Scenario(Harm.CANCELLED, Moment.SCAN, HTTP),
          new Scenario(Harm.CANCELLED, Moment.SHUFFLE, DIRECT),
          new Scenario(Harm.CANCELLED, Moment.CALL, STATE_MACHINE));

  private final Whole whole;

  FaultsTest(Whole whole) {
    this.whole = whole;
  }

  @TestFactory
  @Timeout(300)
  Stream<DynamicTest> aSelectionOfWhatCanHappen() {
    return tests(SELECTION);
  }

  @TestFactory
  @Tag("matrix")
  @Timeout(7200)
  Stream<DynamicTest> allThatCanHappen() throws IOException {
    Files.deleteIfExists(REPORT);
    Pattern wanted = Pattern.compile(System.getProperty("faults", ".*"));
    return tests(Scenario.all().stream().filter(s -> wanted.matcher(s.toString()).find()).toList());
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
