package io.frazil.localstack.faults;

import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// Statements that write and to which something happens.
@OnLocalStack
@Timeout(300)
final class WritesTest {
  private final Whole whole;

  WritesTest(Whole whole) {
    this.whole = whole;
  }

  @TestFactory
  Stream<DynamicTest> aSelectionOfWhatCanHappen() {
    return tests(WriteScenario.selection());
  }

  @TestFactory
  @Tag("matrix")
  Stream<DynamicTest> allThatCanHappen() {
    return tests(WriteScenario.matching(System.getProperty("faults", ".*")));
  }

  private Stream<DynamicTest> tests(List<WriteScenario> scenarios) {
    return scenarios.stream()
        .map(scenario ->
            DynamicTest.dynamicTest(
                scenario.toString(),
                () -> Report.of(scenario, () -> new WriteRun(whole, scenario).check())));
  }
}
