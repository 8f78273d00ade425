package io.frazil.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.QueryRequest;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// A query that is to cost next to nothing.
@OnLocalStack
@Timeout(120)
final class BudgetTest {
  private static final BigDecimal NEXT_TO_NOTHING = new BigDecimal("0.000000001");

  private final Whole whole;

  BudgetTest(Whole whole) {
    this.whole = whole;
  }

  @TestFactory
  Stream<DynamicTest> endsBeforeAWorkerBegins() {
    return Stream.of(whole.direct(), whole.http())
        .map(door ->
            DynamicTest.dynamicTest("by " + door.getClass().getSimpleName(), () -> check(door)));
  }

  private void check(Door door) {
    int before = whole.view().calls().size();
    Outcome outcome = door.run(QueryRequest.of(FaultRun.SQL).withBudget(NEXT_TO_NOTHING));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.error().code()).isEqualTo("BUDGET_EXCEEDED"));
    assertThat(whole.view().calls().stream().skip(before))
        .noneMatch(call -> Moment.CALL.isNow(call, whole.deployed()));
  }
}
