package io.frazil.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.localstack.whole.Moment;
import java.util.EnumSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Order(1) // It waits for no installation.
final class ScenarioTest {
  @Test
  void theTestCommandHasEachHarmEachMomentAndEachWay() {
    assertThat(Scenario.selection())
        .extracting(Scenario::harm)
        .containsAll(EnumSet.complementOf(EnumSet.of(Harm.BUDGET)));
    assertThat(Scenario.selection()).extracting(Scenario::moment).contains(Moment.values());
    assertThat(Scenario.selection()).extracting(Scenario::way).contains(Scenario.Way.values());
    assertThat(Scenario.all()).containsAll(Scenario.selection());
    assertThat(WriteScenario.selection())
        .extracting(WriteScenario::trouble)
        .contains(WriteScenario.Trouble.values());
    assertThat(WriteScenario.selection())
        .extracting(WriteScenario::step)
        .contains(WriteScenario.Step.values());
  }

  @Test
  void aPatternFindsThoseThatItMatches() {
    assertThat(Scenario.matching("^LATE at .* by HTTP$"))
        .containsExactlyInAnyOrder(
            new Scenario(Harm.LATE, Moment.CALL, Scenario.Way.HTTP),
            new Scenario(Harm.LATE, Moment.PARTIAL, Scenario.Way.HTTP));
    assertThat(Scenario.matching(".*")).isEqualTo(Scenario.all());
    assertThat(Scenario.matching("by INSERT")).isEmpty();
    assertThat(WriteScenario.matching("by HTTP")).isEmpty();
    assertThat(WriteScenario.matching("KILLED at COMMIT"))
        .containsExactly(
            new WriteScenario(WriteScenario.Trouble.KILLED, WriteScenario.Step.COMMIT));
    assertThat(WriteScenario.matching(".*")).isEqualTo(WriteScenario.all());
  }

  @Test
  void aPatternThatMatchesNothingIsRefusedWithWhatThereIs() {
    assertThatThrownBy(() -> Scenario.matching("KILLED by HTTP"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Nothing that can happen matches 'KILLED by HTTP': it is `HARM at MOMENT by WAY`, of"
                + " [BUSY, SLOW, CUT_SHORT, RESET, LOST_REPLY, THROTTLED, OUT_OF_MEMORY, LATE,"
                + " TWICE, KILLED, KILLED_EACH_TIME, TRUNCATED, COMMITTED, BUDGET, CANCELLED],"
                + " [PLANNING, LEASE, CALL, SCAN, PARTIAL, SHUFFLE, MERGE, RESULT] and [DIRECT,"
                + " HTTP, STATE_MACHINE], or `TROUBLE at STEP by INSERT`, of [BUSY, RESET,"
                + " LOST_REPLY, CANCELLED, KILLED] and [DATA, METADATA, COMMIT]");
  }
}
