package io.frazil.localstack.faults;

import io.frazil.localstack.data.Statements;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import io.frazil.oracle.Answer;
import io.frazil.oracle.TpchOracle;
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
  Stream<DynamicTest> allThatCanHappen() {
    return tests(Scenario.matching(System.getProperty("faults", ".*")));
  }

  private Stream<DynamicTest> tests(List<Scenario> scenarios) {
    Answer expected;
    try (TpchOracle oracle = whole.lake().oracle()) {
      expected = oracle.query(Statements.ALL_KINDS);
    }
    return scenarios.stream()
        .map(scenario ->
            DynamicTest.dynamicTest(
                scenario.toString(),
                () -> Report.of(scenario, () -> new FaultRun(whole, scenario).check(expected))));
  }
}
