package io.frazil.session.stage;

import static io.frazil.session.stage.JoinPlans.filtered;
import static io.frazil.session.stage.JoinPlans.hashed;
import static io.frazil.session.stage.JoinPlans.input;
import static io.frazil.session.stage.JoinPlans.join;
import static io.frazil.session.stage.JoinPlans.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.fragment.PartialInput;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Exchange;
import io.frazil.engine.plan.Split;
import io.frazil.engine.plan.Stage;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Estimate.StageEstimate;
import io.frazil.session.cost.Interval;
import io.frazil.session.journal.StagePlan;
import io.frazil.session.scan.ScanInputs;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Stage 0 gives the probe side, stage 1 the build side, stage 2 joins them, stage 3 collects.
class StageShapesTest {
  private static final long SMALL = 1 << 20;
  private static final long LARGE = 1 << 30;
  private static final PhysicalPlan GUESSED = filtered(22, scan(2));

  @Test
  void aSmallBuildSideGoesToTheTasksOfTheProbeSideWhichJoin() {
    StageShapes shapes = shapes(JoinType.LEFT, GUESSED, 10);
    Map<Integer, StageOutput> outputs = Map.of(0, output(), 1, output(SMALL));
    StageShapes.Shape probe = shapes.shape(0, outputs);
    StageShapes.Shape join = shapes.shape(2, outputs);
    assertThat(probe.shares()).isEmpty();
    assertThat(join.stage())
        .isEqualTo(
            new Stage(
                2,
                join(5, JoinType.LEFT, scan(1), input(4, 1)),
                new Distribution.Gather(),
                List.of(1)));
    assertThat(join.inputs()).containsOnlyKeys(1).containsEntry(1, output(SMALL).everywhere());
    assertThat(join.shares()).hasSize(4).allMatch(share -> share.splits().get(1).size() == 1);
  }

  @Test
  void whatWasPredictedIsDividedByTheTasksThatThereAre() {
    Interval none = Interval.ZERO;
    List<StageEstimate> predicted =
        IntStream.range(0, 4)
            .mapToObj(n -> new StageEstimate(n, "", 1, none, none, new Interval(1 << (2 * n), 100)))
            .toList();
    StagePlan plan =
        plan(JoinType.LEFT, GUESSED, 10, new Estimate("", "", none, none, none, predicted));
    var shapes = new StageShapes(plan);
    Map<Integer, StageOutput> small = Map.of(0, output(), 1, output(SMALL));
    assertThat(shapes.shape(2, small).taskDollars(plan))
        .as("the join's sixteen, and one of the probe side that it does too, by four")
        .isEqualTo(17 / 4.0);
    Map<Integer, StageOutput> large = Map.of(0, output(LARGE, LARGE), 1, output(LARGE));
    assertThat(shapes.shape(2, large).taskDollars(plan)).isEqualTo(16 / 4.0);
    assertThat(shapes.shape(0, large).taskDollars(plan)).isEqualTo(1 / 4.0);
  }

  @Test
  void aLargeBuildSideMeetsTheProbeSideByPartition() {
    StageShapes shapes = shapes(JoinType.LEFT, GUESSED, 10);
    Map<Integer, StageOutput> outputs = Map.of(0, output(LARGE, LARGE), 1, output(LARGE));
    assertThat(shapes.shape(0, outputs).shares()).hasSize(4);
    StageShapes.Shape join = shapes.shape(2, outputs);
    assertThat(join.stage().plan()).isEqualTo(join(5, JoinType.LEFT, input(3, 0), input(4, 1)));
    assertThat(join.inputs()).isEqualTo(outputs);
    assertThat(join.shares()).hasSize(4);
  }

  @Test
  void aBuildSideThatTurnedOutLargerIsProbedWith() {
    Map<Integer, StageOutput> outputs = Map.of(0, output(LARGE), 1, output(LARGE, LARGE, LARGE));
    assertThat(shapes(JoinType.LEFT, GUESSED, 10).shape(2, outputs).stage().plan())
        .isInstanceOfSatisfying(
            PhysicalPlan.HashJoin.class,
            join -> {
              assertThat(join.type()).isEqualTo(JoinType.RIGHT);
              assertThat(join.left()).isEqualTo(input(4, 1));
              assertThat(join.outputs()).containsExactly(2, 3);
            });
  }

  @Test
  void theProbeSideBeginsOnceTheBuildSideIsOver() {
    StageShapes shapes = shapes(JoinType.INNER, GUESSED, 10);
    assertThat(shapes.awaits(0)).containsExactly(1);
    assertThat(shapes.awaits(2)).containsExactly(0, 1);
    assertThat(shapes.relevant(_ -> false)).containsExactly(1, 0, 2, 3);
    assertThat(shapes.relevant(stage -> stage == 2)).containsExactly(2, 3);
  }

  @Test
  void aProbeSideOfAJoinThatGivesBuildRowsDoesNotWait() {
    for (JoinType type :
        List.of(JoinType.RIGHT, JoinType.FULL, JoinType.RIGHT_SEMI, JoinType.RIGHT_ANTI)) {
      assertThat(shapes(type, GUESSED, 10).awaits(0)).isEmpty();
    }
  }

  @Test
  void aProbeSideThatHasLittleMoreToReadDoesNotWait() {
    assertThat(shapes(JoinType.INNER, GUESSED, 30).awaits(0)).isEmpty();
  }

  @Test
  void aTableWhoseSizeWasKnownIsNotWaitedFor() {
    assertThat(shapes(JoinType.INNER, scan(2), 10).awaits(0)).isEmpty();
  }

  /// @param buildBytes what there is to read for the build side; 100 for the probe side
  private static StageShapes shapes(JoinType type, PhysicalPlan build, long buildBytes) {
    return new StageShapes(plan(type, build, buildBytes, Estimate.NONE));
  }

  private static StagePlan plan(
      JoinType type, PhysicalPlan build, long buildBytes, Estimate estimate) {
    PhysicalPlan join = join(5, type, hashed(3, scan(1)), hashed(4, build));
    List<Stage> stages = StageCutter.cut(new Exchange(6, join, new Distribution.Gather()));
    var split = new RowsSplit(JoinPlans.SCHEMA, List.of(), 25);
    Map<Integer, List<Split>> splits =
        Map.of(
            1,
            Collections.nCopies(4, split),
            2,
            List.of(new RowsSplit(JoinPlans.SCHEMA, List.of(), buildBytes)));
    return new StagePlan(
        stages.getLast().plan().schema(),
        stages,
        new ScanInputs(splits, Map.of(), Map.of()),
        4,
        1,
        estimate);
  }

  /// Of producers that gave so many bytes each, evenly.
  private static StageOutput output(long... bytes) {
    return new StageOutput(
        JoinPlans.HASH,
        LongStream.of(bytes)
            .mapToObj(size -> new PartialManifest.Range(0, size / 4, 1))
            .map(range -> new PartialManifest("p", "1", 1, Collections.nCopies(4, range)))
            .<PartialInput>map(PartialInput.Stored::new)
            .toList());
  }
}
