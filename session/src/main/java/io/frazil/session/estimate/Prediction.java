package io.frazil.session.estimate;

import io.frazil.engine.plan.Stage;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Estimate.StageEstimate;
import io.frazil.session.cost.Interval;
import io.frazil.session.cost.LambdaShape;
import io.frazil.session.cost.PriceTable;
import io.frazil.session.cost.Rates;
import io.frazil.session.scan.ScanInputs;
import io.frazil.session.stage.StageTitle;
import io.frazil.session.stage.StageWidths;
import io.frazil.sql.NodeEstimate;
import java.util.ArrayList;
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

  /// What a query runs on.
  ///
  /// @param workers how many tasks run at a time; 0 where all runs in this process
  /// @param threads of this process, or of each worker
  public record Machine(Rates rates, int workers, int threads) {
    /// Whether no function runs, and what it would cost on some is all that can be said.
    public boolean isImagined() {
      return workers == 0 && rates.site() == Rates.Site.ELSEWHERE;
    }
  }

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
    var rows = new RowRanges(estimates, scans.scans());
    var sizes = new ScanSizes(scans.scans());
    var predicted = new ArrayList<StageEstimate>();
    var ends = new ArrayList<Interval>();
    for (Stage stage : stages) {
      boolean last = stage == stages.getLast();
      StageWork work = StageWork.of(stage, last, rows, sizes, costs);
      rows.stage(stage.number(), stage.plan());
      int tasks = StageWidths.tasks(stage, stages, scans, machine.workers());
      Interval seconds = seconds(work, tasks, last);
      Interval begin = Interval.ZERO;
      for (int dependency : stage.dependencies()) {
        begin = begin.orLarger(ends.get(dependency));
      }
      ends.add(begin.plus(seconds));
      int read = stage.dependencies().stream().mapToInt(d -> predicted.get(d).tasks()).sum();
      predicted.add(
          new StageEstimate(
              stage.number(),
              StageTitle.of(stage, stages),
              tasks,
              seconds,
              work.fileBytes(),
              dollars(work, tasks, read, last)));
    }
    return whole(predicted, ends.getLast().plus(costs.planningSeconds()));
  }

  private Estimate whole(List<StageEstimate> stages, Interval seconds) {
    PriceTable prices = machine.rates().prices();
    Interval bytes = Interval.ZERO;
    Interval dollars =
        seconds
            .times(machine.rates().shape().coordinatorGb() * prices.lambdaGbSecond())
            .plus(prices.lambdaRequest());
    for (StageEstimate stage : stages) {
      bytes = bytes.plus(stage.bytes());
      dollars = dollars.plus(stage.dollars());
    }
    return new Estimate(
        prices.label(), prices.priced().toString(), seconds, bytes, dollars, stages);
  }

  /// From the first task's start to the last one's end: as many rounds as it takes for all tasks to
  /// have a worker.
  private Interval seconds(StageWork work, int tasks, boolean last) {
    Interval one = taskSeconds(work.times(1.0 / tasks), processors(last));
    return one.times(Math.ceilDiv(tasks, Math.max(1, machine.workers())));
  }

  /// A task reads ahead of computing, and so takes as long as the slower of both.
  private Interval taskSeconds(StageWork work, double processors) {
    Interval computing = work.cpuNanos().times(1e-9 / processors);
    Interval reading =
        switch (machine.rates().site()) {
          case LAMBDA -> work.fileBytes().times(1 / machine.rates().shape().bytesPerSecond());
          case ELSEWHERE -> Interval.ZERO;
        };
    return computing.orLarger(reading).plus(costs.taskSeconds());
  }

  /// What a stage's tasks are paid by; what the coordinator does is paid for with it.
  ///
  /// @param producers how many tasks wrote what this one's read
  private Interval dollars(StageWork work, int tasks, int producers, boolean last) {
    return machine.isImagined()
        ? imagined(work)
        : last ? requests(work, 1, producers) : billed(work, tasks, producers);
  }

  private Interval billed(StageWork work, int tasks, int producers) {
    Rates rates = machine.rates();
    return taskSeconds(work.times(1.0 / tasks), processors(false))
        .times(tasks * rates.shape().workerGb() * rates.prices().lambdaGbSecond())
        .plus(tasks * rates.prices().lambdaRequest())
        .plus(requests(work, tasks, producers));
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
  private Interval requests(StageWork work, int tasks, int producers) {
    PriceTable prices = machine.rates().prices();
    return switch (machine.rates().site()) {
      case ELSEWHERE -> Interval.ZERO;
      case LAMBDA ->
          fileReads(work)
              .plus(new Interval(0, (double) tasks * producers))
              .times(prices.s3Get())
              .plus(writes(work, tasks).times(prices.s3Put()));
    };
  }

  /// A split's footer at least; ranges of its columns beside.
  private static Interval fileReads(StageWork work) {
    double splits = work.splits();
    return new Interval(splits, 2 * splits + work.fileBytes().high() / RANGE_BYTES);
  }

  /// Small partials come with the answer, large ones in parts.
  private static Interval writes(StageWork work, int tasks) {
    return new Interval(0, tasks + work.partialBytes().high() / PART_BYTES);
  }

  private double processors(boolean last) {
    LambdaShape shape = machine.rates().shape();
    return switch (machine.rates().site()) {
      case LAMBDA -> last ? shape.coordinatorProcessors() : shape.workerProcessors();
      case ELSEWHERE -> machine.threads();
    };
  }
}
