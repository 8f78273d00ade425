package io.frazil.session.cost;

import io.frazil.session.cost.PriceTable.Architecture;
import io.frazil.session.cost.PriceTable.Price;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which functions a query runs on, and at what prices.
public record Rates(PriceTable prices, LambdaShape shape, Site site) {
  /// Of a query that runs on a laptop: what it would cost in the region that most others are
  /// compared with.
  public static final Rates DEFAULT =
      new Rates(
          PriceTable.bundled(PriceTable.NEAREST, Architecture.X86),
          LambdaShape.DEFAULT,
          Site.ELSEWHERE);

  /// Where a session is.
  public enum Site {
    LAMBDA,
    ELSEWHERE
  }

  /// What a function's environment says: the region, its own size and processor, and the sizes of
  /// the workers that it calls, in megabytes, by `FRAZIL_WORKER_MEMORY` and
  /// `FRAZIL_LARGE_WORKER_MEMORY`. Outside of Lambda [#DEFAULT].
  public static Rates of(Map<String, String> environment) {
    String own = environment.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
    if (own == null) {
      return DEFAULT;
    }
    LambdaShape usual = LambdaShape.DEFAULT;
    return new Rates(
        PriceTable.bundled(
            environment.getOrDefault("AWS_REGION", PriceTable.NEAREST), Architecture.here()),
        usual.withMemory(
            gigabytes(environment.get("FRAZIL_WORKER_MEMORY"), usual.workerGb()),
            gigabytes(environment.get("FRAZIL_LARGE_WORKER_MEMORY"), usual.largeWorkerGb()),
            gigabytes(own, usual.coordinatorGb())),
        Site.LAMBDA);
  }

  private static double gigabytes(@Nullable String megabytes, double otherwise) {
    return megabytes == null ? otherwise : Integer.parseInt(megabytes) / 1024.0;
  }

  /// What Step Functions costs.
  double dollars(WorkflowUse use) {
    return (use.transitions() + use.taskTransitions()) * prices.of(Price.TRANSITION)
        + use.expressRequests() * prices.of(Price.EXPRESS_REQUEST)
        + use.expressGbSeconds() * prices.of(Price.EXPRESS_GB_SECOND);
  }

  /// What Step Functions costs for a step.
  public double stepDollars() {
    return dollars(WorkflowUse.STEP);
  }

  /// What it costs for tasks, whatever kind of execution each is.
  ///
  /// @param tasks how many there are
  /// @param workers what workers cost that run them, in dollars, nearly all of it for time
  public Interval childrenDollars(WorkflowUse.Children children, Interval tasks, Interval workers) {
    return switch (children) {
      case STANDARD -> tasks.times(dollars(WorkflowUse.child(children)));
      case EXPRESS -> {
        Interval seconds = workers.times(1 / secondDollars(Place.WORKER));
        yield tasks
            .times(dollars(WorkflowUse.child(children)))
            .plus(seconds.times(dollars(WorkflowUse.expressSeconds(1))));
      }
    };
  }

  /// How much memory-time this process takes by running so long, as [Spent] has it.
  public long megabyteMillis(Duration running) {
    return shape.coordinatorMegabytes() * Math.ceilDiv(running.toNanos(), 1_000_000);
  }

  /// How long a worker runs for an amount, in milliseconds.
  long workerMillis(double dollars) {
    return (long) Math.ceil(dollars / (shape.workerGb() * prices.lambdaGbSecond()) * 1e3);
  }

  /// The most that one attempt costs: as long as a function may run, and as much again for what it
  /// asks of S3.
  double mostDollars(Place place) {
    long millis = LambdaShape.LONGEST_RUN.toMillis();
    return 2 * dollars(Charge.assumed(0, place, 1, millis));
  }

  /// How many times as much as on a worker a second costs.
  double timesAWorker(Place place) {
    return secondDollars(place) / secondDollars(Place.WORKER);
  }

  private double secondDollars(Place place) {
    return shape.gb(place) * prices.lambdaGbSecond()
        + LambdaShape.paidDiskGb(place) * prices.of(Price.LAMBDA_DISK_GB_SECOND);
  }

  /// What attempts cost.
  double dollars(Charge charge) {
    return switch (charge.place()) {
      case HERE -> 0;
      case WORKER, LARGE_WORKER, LEADER ->
          charge.millis() / 1e3 * secondDollars(charge.place())
              + charge.attempts() * prices.lambdaRequest()
              + charge.gets() * prices.s3Get()
              + charge.puts() * prices.s3Put();
    };
  }
}
