package io.frazil.session.cost;

import io.frazil.session.cost.Ledger.Basis;
import io.frazil.session.cost.Ledger.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Turns what a query took into what is paid for it.
public final class LambdaCost {
  private static final String GB_SECONDS = "GB-s";
  private static final String REQUESTS = "requests";
  private static final String S3_GET = "s3 get";
  private static final String S3_PUT = "s3 put";
  private static final String COORDINATOR = "coordinator";
  private static final String WORKFLOW = "step functions";

  private final PriceTable prices;
  private final LambdaShape shape;

  public LambdaCost(Rates rates) {
    this.prices = rates.prices();
    this.shape = rates.shape();
  }

  /// What a query costs that runs on functions.
  public Ledger billed(Bill bill) {
    var lines = new ArrayList<Line>();
    Map<Integer, List<Charge>> stages =
        bill.charges().stream()
            .collect(Collectors.groupingBy(Charge::stage, TreeMap::new, Collectors.toList()));
    stages.forEach((number, stage) -> add(lines, "stage " + number, stage));
    double seconds = bill.coordinatorMillis() / 1e3;
    addCoordinator(lines, seconds, bill.coordinators(), Basis.MEASURED);
    add(lines, COORDINATOR, S3_GET, bill.coordinatorGets(), prices.s3Get(), Basis.MEASURED);
    add(lines, COORDINATOR, S3_PUT, bill.coordinatorPuts(), prices.s3Put(), Basis.MEASURED);
    add(lines, bill.workflow());
    return ledger(lines);
  }

  /// What a query would cost on functions that ran in one process.
  ///
  /// A worker is paid for while it computes or reads, whichever takes longer, as reading runs ahead
  /// of computing; the coordinator from the request to the answer.
  ///
  /// @param elapsed of the whole query, as measured here
  public Ledger imagined(Duration elapsed, List<LedgerEntry> stages) {
    var lines = new ArrayList<Line>();
    stages.forEach(stage -> add(lines, stage));
    addCoordinator(lines, seconds(elapsed), 1, Basis.ASSUMED);
    return ledger(lines);
  }

  private void add(List<Line> lines, String where, List<Charge> stage) {
    for (Charge charge : stage) {
      double gbSeconds = charge.millis() * shape.gb(charge.place()) / 1e3;
      switch (charge.place()) {
        case HERE -> {
          // Paid for with the coordinator.
        }
        case WORKER -> lines.add(compute(where, "worker", gbSeconds, charge.basis()));
        case LARGE_WORKER -> lines.add(compute(where, "large worker", gbSeconds, charge.basis()));
      }
    }
    List<Charge> away = stage.stream().filter(c -> c.place() != Place.HERE).toList();
    long attempts = away.stream().mapToLong(Charge::attempts).sum();
    long lost = away.stream().filter(Charge::isLost).mapToLong(Charge::attempts).sum();
    long gets = away.stream().mapToLong(Charge::gets).sum();
    long puts = away.stream().mapToLong(Charge::puts).sum();
    add(lines, where, "lambda requests", attempts, prices.lambdaRequest(), Basis.MEASURED);
    add(lines, where, S3_GET, gets, prices.s3Get(), Basis.MEASURED);
    add(lines, where, S3_PUT, puts, prices.s3Put(), Basis.MEASURED);
    if (lost > 0 && attempts > lost) {
      long told = attempts - lost;
      add(lines, where, S3_GET, Math.ceilDiv(gets * lost, told), prices.s3Get(), Basis.ASSUMED);
      add(lines, where, S3_PUT, Math.ceilDiv(puts * lost, told), prices.s3Put(), Basis.ASSUMED);
    }
    long bytes = away.stream().mapToLong(Charge::bytesRead).sum();
    if (bytes > 0) {
      // Free within a region, and said all the same.
      lines.add(new Line(where, "s3 read", bytes, "bytes", 0, Basis.MEASURED));
    }
  }

  private void add(List<Line> lines, LedgerEntry stage) {
    long tasks = Math.max(1, Math.ceilDiv(stage.bytesRead(), shape.taskBytes()));
    double computing = seconds(stage.cpu()) / shape.workerProcessors();
    double reading = stage.bytesRead() / shape.bytesPerSecond();
    double billed = Math.max(computing, reading) + tasks * seconds(shape.taskOverhead());
    String where = stage.where();
    lines.add(compute(where, "worker", billed * shape.workerGb(), Basis.ASSUMED));
    add(lines, where, "lambda requests", tasks, prices.lambdaRequest(), Basis.ASSUMED);
    add(lines, where, S3_GET, stage.reads(), prices.s3Get(), Basis.ASSUMED);
    add(lines, where, S3_PUT, stage.writes(), prices.s3Put(), Basis.ASSUMED);
  }

  private void add(List<Line> lines, WorkflowUse use) {
    double transition = prices.stepFunctionsTransition();
    add(lines, WORKFLOW, "transitions", use.transitions(), transition, Basis.MEASURED);
    add(lines, WORKFLOW, "express", use.expressRequests(), prices.expressRequest(), Basis.MEASURED);
    if (use.expressGbSeconds() > 0) {
      double gbSeconds = use.expressGbSeconds();
      double dollars = gbSeconds * prices.expressGbSecond();
      lines.add(new Line(WORKFLOW, "express", gbSeconds, GB_SECONDS, dollars, Basis.ASSUMED));
    }
  }

  private void addCoordinator(List<Line> lines, double seconds, int runs, Basis basis) {
    lines.add(compute(COORDINATOR, COORDINATOR, seconds * shape.coordinatorGb(), basis));
    add(lines, COORDINATOR, "lambda requests", runs, prices.lambdaRequest(), basis);
  }

  private Line compute(String where, String function, double gbSeconds, Basis basis) {
    double dollars = gbSeconds * prices.lambdaGbSecond();
    return new Line(where, function + " compute", gbSeconds, GB_SECONDS, dollars, basis);
  }

  private static void add(
      List<Line> lines, String where, String item, long count, double price, Basis basis) {
    if (count > 0) {
      lines.add(new Line(where, item, count, REQUESTS, count * price, basis));
    }
  }

  private Ledger ledger(List<Line> lines) {
    List<Line> said = prices.isKnown() ? lines : lines.stream().map(LambdaCost::assumed).toList();
    return new Ledger(prices.label(), prices.priced(), said);
  }

  /// A line at another region's price, which can be trusted no more than that.
  private static Line assumed(Line line) {
    return new Line(
        line.where(), line.item(), line.quantity(), line.unit(), line.dollars(), Basis.ASSUMED);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
