package io.frazil.session.stage;

import static io.frazil.session.stage.JoinPlans.input;
import static io.frazil.session.stage.JoinPlans.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.fragment.PartialInput;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.JoinType;
import io.frazil.session.stage.TaskShare.Partitions;
import io.frazil.session.stage.TaskShare.Producers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One partition, of which stage 0 gives the left side and stage 1 the right one.
class SkewedPartitionsTest {
  private static final int FAIR = 30;

  @Test
  void whatIsMuchMoreThanFairIsDividedEvenlyAmongItsProducers() {
    assertThat(divided(JoinType.INNER, sizes(20, 10, 5, 25, 30), sizes(2)))
        .containsExactly(new Producers(0, 0, 2), new Producers(0, 2, 4), new Producers(0, 4, 5));
  }

  @Test
  void whatIsAboutFairIsNot() {
    assertThat(divided(JoinType.INNER, sizes(20, 20), sizes(5))).isEmpty();
  }

  @Test
  void theSideIsDividedThatIsLarger() {
    assertThat(divided(JoinType.RIGHT, sizes(2), sizes(30, 30)))
        .containsExactly(new Producers(1, 0, 1), new Producers(1, 1, 2));
  }

  @Test
  void aSideIsNotDividedThatHasToBeWhole() {
    assertThat(divided(JoinType.FULL, sizes(30, 30), sizes(2))).isEmpty();
    assertThat(divided(JoinType.RIGHT, sizes(30, 30), sizes(2))).isEmpty();
    assertThat(divided(JoinType.LEFT_ANTI, sizes(2), sizes(30, 30))).isEmpty();
  }

  @Test
  void theOtherSideIsNotReadMoreOftenThanItIsWorth() {
    assertThat(divided(JoinType.INNER, sizes(30, 30, 30, 30), sizes(50))).hasSize(2);
    assertThat(divided(JoinType.INNER, sizes(30, 30, 30, 30), sizes(100))).isEmpty();
  }

  @Test
  void oneProducerIsNotDivided() {
    assertThat(divided(JoinType.INNER, sizes(0, 100, 0), sizes(2))).isEmpty();
  }

  private static List<Producers> divided(JoinType type, StageOutput left, StageOutput right) {
    var join =
        new PartitionedJoin(join(3, type, input(1, 0), input(2, 1)), input(1, 0), input(2, 1));
    return new SkewedPartitions(join, left, right, FAIR).of(new Partitions(0, 1));
  }

  /// What producers gave of so many bytes each.
  private static StageOutput sizes(long... bytes) {
    List<PartialInput> partials = new ArrayList<>();
    for (long size : bytes) {
      var range = new PartialManifest.Range(0, size, size);
      partials.add(new PartialInput.Stored(new PartialManifest("p", "1", size, List.of(range))));
    }
    return new StageOutput(new Distribution.Hash(List.of(0), 1), partials);
  }
}
