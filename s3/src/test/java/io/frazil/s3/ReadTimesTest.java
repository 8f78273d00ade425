package io.frazil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadTimesTest {
  private final ReadTimes times = new ReadTimes(Duration.ofMillis(400));

  @Test
  void beforeAnyReadTheGuessCounts() {
    assertThat(times.slowAfter(0)).isEqualTo(Duration.ofMillis(400));
    assertThat(times.slowAfter(2_000_000)).isEqualTo(Duration.ofMillis(800));
  }

  @Test
  void afterSomeReadsTheSlowestButFewCount() {
    for (int i = 0; i < 64; i++) {
      boolean outlier = i % 32 == 0;
      times.record(0, outlier ? 9_000_000_000L : 30_000_000L);
    }
    assertThat(times.slowAfter(0)).isEqualTo(Duration.ofMillis(60));
  }

  @Test
  void readsOfAllSizesTeachTogether() {
    for (int i = 0; i < 16; i++) {
      times.record(2_000_000, 80_000_000L);
    }
    assertThat(times.slowAfter(2_000_000)).isEqualTo(Duration.ofMillis(160));
    assertThat(times.slowAfter(0)).isEqualTo(Duration.ofMillis(80));
  }

  @Test
  void readsAreNotSlowForBeingSlowerThanInstant() {
    for (int i = 0; i < 64; i++) {
      times.record(0, 100_000L);
    }
    assertThat(times.slowAfter(0)).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void oneReadInTwentyMayBeAskedForTwice() {
    var budget = new HedgeBudget();
    int atOnce = 0;
    while (budget.tryTake()) {
      atOnce++;
    }
    assertThat(atOnce).isEqualTo(8);
    for (int i = 0; i < 19; i++) {
      budget.read();
    }
    assertThat(budget.tryTake()).isFalse();
    budget.read();
    assertThat(budget.tryTake()).isTrue();
  }
}
