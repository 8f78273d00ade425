package io.frazil.session.estimate;

import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import io.frazil.engine.plan.Stage;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Estimate.StageEstimate;
import io.frazil.session.cost.Interval;
import io.frazil.session.cost.LambdaShape;
import io.frazil.session.cost.PriceTable;
import io.frazil.session.scan.ScanInputs;
import io.frazil.session.stage.StageTitle;
import io.frazil.session.stage.StageWidths;
import io.frazil.sql.NodeEstimate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Predicts what a planned query takes: rows and bytes from metadata, processor time from them by
/// calibrated costs, seconds and dollars from that by the functions that it runs on. No data is
/// read for it.
public final class Prediction {
  /// How much a range read gets at the least, on the average.
  private static final double RANGE_BYTES = 256 << 10;

  private static final double PART_BYTES = 8 << 20;

  private final Machine machine;
  private final Calibration costs;

  public Prediction(Machine machine) {
    this(machine, Calibration.BUNDLED);
  }

  Prediction(Machine machine, Calibration costs) {
    this.machine = machine;
    this.costs = costs;
  }

  /// @param stages each behind those that it reads from
  /// @param estimates of rows, by node
  public Estimate of(List<Stage> stages, ScanInputs scans, Map<Integer, NodeEstimate> estimates) {
    List<Sized> sized = sized(stages, scans, estimates);
    double all = sized.stream().mapToDouble(stage -> stage.tasks.high()).sum();
    // The last stage is none of the workers'.
    var pace = new Pace(machine, costs, Math.max(1, all - 1));
    var predicted = new ArrayList<StageEstimate>();
    var ends = new ArrayList<Interval>();
    Interval sum = Interval.ZERO;
    for (Stage stage : stages) {
      boolean last = stage == stages.getLast();
      Sized own = sized.get(stage.number());
      Interval billed = last ? pace.here(own.work) : pace.billed(own.work, own.tasks);
      Interval seconds = last ? billed : pace.elapsed(own.work, own.tasks);
      Interval young = pace.young(costs.youngStageSeconds());
      Interval begin = Interval.ZERO;
      double read = 0;
      for (int dependency : stage.dependencies()) {
        begin = begin.orLarger(ends.get(dependency));
        read += sized.get(dependency).tasks.high();
      }
      ends.add(begin.plus(seconds).plus(young));
      sum = sum.plus(seconds).plus(young);
      Interval paid = billed.plus(young.times(pace.atOnce(own.tasks)));
      predicted.add(
          new StageEstimate(
              stage.number(),
              StageTitle.of(stage, stages),
              (int) own.tasks.high(),
              seconds.plus(young),
              own.work.fileBytes(),
              dollars(own, paid, read, last)));
    }
    Interval planning = costs.planningSeconds().plus(pace.young(costs.youngPlanningSeconds()));
    // Where workers share processors, stages that run at a time take each other's.
    double most = machine.isElsewhere() ? sum.high() : ends.getLast().high();
    Interval seconds = new Interval(ends.getLast().low(), most).plus(planning);
    var around =
        new Around(machine, costs, stages, sized.stream().map(Sized::tasks).toList(), predicted);
    return whole(predicted, seconds, around.dollars(seconds));
  }

  /// A stage's work, and in how many tasks it is done.
  private record Sized(StageWork work, Interval tasks) {}

  private List<Sized> sized(
      List<Stage> stages, ScanInputs scans, Map<Integer, NodeEstimate> estimates) {
    var rows = new RowRanges(estimates, scans.scans());
    var sizes = new ScanSizes(scans.scans());
    var sized = new ArrayList<Sized>();
    Map<Integer, PhysicalPlan> merges = new HashMap<>();
    stages.forEach(stage -> addMerges(stage.plan(), stages, merges));
    for (Stage stage : stages) {
      boolean last = stage == stages.getLast();
      Interval tasks = tasks(stage, stages, scans, sized);
      if (merges.containsKey(stage.plan().id())) {
        rows.merged(stage.plan(), merges.get(stage.plan().id()), tasks.high());
      }
      StageWork work =
          StageWork.of(stage, last, tasks, n -> isBroadcast(stages.get(n)), rows, sizes, costs);
      rows.stage(stage.number(), stage.plan());
      sized.add(new Sized(work, tasks));
    }
    return sized;
  }

  /// Adds the second phases of groupings, by the nodes of their first.
  private static void addMerges(
      PhysicalPlan plan, List<Stage> stages, Map<Integer, PhysicalPlan> merges) {
    if (plan instanceof PhysicalPlan.HashAggregate merge
        && merge.phase() == Phase.FINAL
        && merge.input() instanceof PhysicalPlan.StageInput input) {
      merges.put(stages.get(input.stage()).plan().id(), merge);
    }
    plan.inputs().forEach(input -> addMerges(input, stages, merges));
  }

  private static boolean isBroadcast(Stage stage) {
    return switch (stage.output()) {
      case Distribution.Broadcast _ -> true;
      case Distribution.Gather _, Distribution.Hash _ -> false;
    };
  }

  private Interval tasks(Stage stage, List<Stage> stages, ScanInputs scans, List<Sized> before) {
    int most = StageWidths.tasks(stage, stages, scans, machine.workers(), machine.taskBytesMin());
    if (!StageWidths.isHashed(stage, stages) || stage == stages.getLast()) {
      return Interval.exactly(most);
    }
    Interval bytes = Interval.ZERO;
    for (int dependency : stage.dependencies()) {
      bytes = bytes.plus(before.get(dependency).work.partialBytes());
    }
    return bytes
        .times(1.0 / Math.max(1, machine.taskBytesMin()))
        .orLarger(Interval.exactly(1))
        .orSmaller(Interval.exactly(most));
  }

  /// @param around what the query is paid by besides its stages
  private Estimate whole(List<StageEstimate> stages, Interval seconds, Interval around) {
    PriceTable prices = machine.rates().prices();
    Interval bytes = Interval.ZERO;
    Interval dollars = around;
    for (StageEstimate stage : stages) {
      bytes = bytes.plus(stage.bytes());
      dollars = dollars.plus(stage.dollars());
    }
    return new Estimate(
        prices.label(), prices.priced().toString(), seconds, bytes, dollars, stages);
  }

  /// What a stage's tasks are paid by; what the coordinator does is paid for with it.
  ///
  /// @param billed seconds of all its tasks together
  /// @param producers how many tasks wrote what this one's read
  private Interval dollars(Sized stage, Interval billed, double producers, boolean last) {
    if (machine.isImagined()) {
      return imagined(stage.work);
    }
    if (last) {
      return requests(stage.work, 1, producers);
    }
    PriceTable prices = machine.rates().prices();
    return billed
        .times(machine.shape().workerGb() * prices.lambdaGbSecond())
        .plus(stage.tasks.times(prices.lambdaRequest()))
        .plus(requests(stage.work, stage.tasks.high(), producers));
  }

  /// As a ledger imagines it of what ran in one process.
  private Interval imagined(StageWork work) {
    LambdaShape shape = machine.rates().shape();
    PriceTable prices = machine.rates().prices();
    Interval tasks = work.fileBytes().times(1.0 / shape.taskBytes()).orLarger(Interval.exactly(1));
    return work.cpuNanos()
        .times(1e-9 / shape.workerProcessors())
        .orLarger(work.fileBytes().times(1 / shape.bytesPerSecond()))
        .plus(tasks.times(shape.taskOverhead().toNanos() / 1e9))
        .times(shape.workerGb() * prices.lambdaGbSecond())
        .plus(tasks.times(prices.lambdaRequest()))
        .plus(fileReads(work).times(prices.s3Get()));
  }

  /// What a stage asks of S3, where it is there that files and partials lie.
  private Interval requests(StageWork work, double tasks, double producers) {
    PriceTable prices = machine.rates().prices();
    return machine.isElsewhere()
        ? Interval.ZERO
        : fileReads(work)
            .plus(new Interval(0, tasks * producers))
            .times(prices.s3Get())
            .plus(writes(work, tasks).times(prices.s3Put()));
  }

  /// A split's footer at least; ranges of its columns beside.
  private static Interval fileReads(StageWork work) {
    double splits = work.splits();
    return new Interval(splits, 2 * splits + work.fileBytes().high() / RANGE_BYTES);
  }

  /// Small partials come with the answer, large ones in parts.
  private static Interval writes(StageWork work, double tasks) {
    return new Interval(0, tasks + work.partialBytes().high() / PART_BYTES);
  }
}
