package io.frazil.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.task.TaskMetrics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuClockTest {
  @Test
  void userAndSystemTimeAreAddedWhateverTheCommandIsCalled() {
    String stat = "26654 (a ) b) S 24288 24287 491 0 -1 4194304 31 0 0 0 6300 25 7 8 20 0 21 0 1 2";
    assertThat(CpuClock.processNanos(stat)).isEqualTo(Duration.ofMillis(63_250).toNanos());
  }

  @Test
  void itIsTheWholeProcess() {
    long jdk = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    assertThat(CpuClock.PROCESS.nanos(new TaskMetrics()))
        .isBetween(jdk, jdk + Duration.ofSeconds(10).toNanos());
  }
}
