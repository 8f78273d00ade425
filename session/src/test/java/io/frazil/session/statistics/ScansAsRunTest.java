package io.frazil.session.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.task.NodeMetrics.Counter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScansAsRunTest {
  private static final ScanStatistics SCAN = new ScanStatistics(7, "t", 1, 0, 100, 0, 0, 0);
  private static final NodeStatistics RAN =
      new NodeStatistics(7, Map.of(Counter.READ_BYTES, 80L, Counter.READ_REQUESTS, 3L));

  @Test
  void aScanThatAnotherStageRanTellsWhatItRead() {
    List<StageStatistics> stages = ScansAsRun.of(List.of(scanning(0), joining()));
    assertThat(stages.getFirst().scans())
        .containsExactly(new ScanStatistics(7, "t", 1, 0, 100, 0, 80, 3));
    assertThat(stages.getLast()).isEqualTo(joining());
  }

  @Test
  void aScanThatItsOwnStageRanStaysAsItIs() {
    List<StageStatistics> stages = List.of(scanning(2), joining());
    assertThat(ScansAsRun.of(stages)).isEqualTo(stages);
  }

  @Test
  void aScanThatNobodyRanReadNothing() {
    List<StageStatistics> stages = List.of(scanning(0));
    assertThat(ScansAsRun.of(stages)).isEqualTo(stages);
  }

  private static StageStatistics scanning(int tasks) {
    return stage(0, tasks, List.of(SCAN), List.of());
  }

  private static StageStatistics joining() {
    return stage(1, 1, List.of(), List.of(RAN));
  }

  private static StageStatistics stage(
      int number, int tasks, List<ScanStatistics> scans, List<NodeStatistics> nodes) {
    return new StageStatistics(
        number, "scan", tasks, tasks, Duration.ZERO, Duration.ZERO, 0, 0, 0, scans, nodes);
  }
}
