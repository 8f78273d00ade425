package io.frazil.session.cost;

import io.frazil.events.Spent;
import io.frazil.session.cost.Ledger.Basis;
import io.frazil.session.cost.Ledger.Line;
import io.frazil.session.cost.PriceTable.Price;
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
  private static final String LAMBDA_REQUESTS = "lambda requests";
  private static final String S3_GET = "s3 get";
  private static final String S3_PUT = "s3 put";
  private static final String COORDINATOR = "coordinator";
  private static final String WORKFLOW = "step functions";
  private static final String HTTP = "http api";

  private final Rates rates;
  private final PriceTable prices;
  private final LambdaShape shape;

  public LambdaCost(Rates rates) {
    this.rates = rates;
    this.prices = rates.prices();
    this.shape = rates.shape();
  }

  /// What a query costs that runs on functions.
  public Ledger billed(Bill bill) {
    var lines = new ArrayList<Line>();
    Map<Integer, List<Charge>> stages =
        bill.charges().stream()
            .collect(Collectors.groupingBy(Charge::stage, TreeMap::new, Collectors.toList()));
    stages.forEach((number, stage) -> add(lines, title(number), stage));
    add(lines, bill.coordination());
    add(lines, bill.workflow());
    add(lines, HTTP, REQUESTS, bill.httpRequests(), Price.HTTP_REQUEST, Basis.MEASURED);
    if (rates.site() == Rates.Site.LAMBDA) {
      addUnknown(lines, bill);
    }
    return ledger(lines);
  }

  /// What a query has cost by what its owner last told of it. Of Step Functions nothing is in it:
  /// that is known at the end.
  public Ledger soFar(Spent told) {
    return billed(
        new Bill(
            told.attempts().stream().map(Charge::of).toList(),
            new Bill.Coordination(
                told.coordinators(),
                Spending.gbSeconds(told.megabyteMillis()),
                Spending.gbSeconds(told.assumedMegabyteMillis()),
                told.gets(),
                told.puts()),
            WorkflowUse.NONE,
            told.httpRequests()));
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
    double gbSeconds = seconds(elapsed) * shape.coordinatorGb();
    lines.add(compute(COORDINATOR, COORDINATOR, gbSeconds, Basis.ASSUMED));
    add(lines, COORDINATOR, LAMBDA_REQUESTS, 1, Price.LAMBDA_REQUEST, Basis.ASSUMED);
    return ledger(lines);
  }

  private static String title(int stage) {
    return stage == Spent.NO_STAGE ? "begun anew" : Ledger.stage(stage);
  }

  private void add(List<Line> lines, String where, List<Charge> stage) {
    for (Charge charge : stage) {
      double gbSeconds = charge.millis() * shape.gb(charge.place()) / 1e3;
      switch (charge.place()) {
        case HERE -> {
          // Paid for with the coordinator.
        }
        case WORKER -> lines.add(compute(where, "worker", gbSeconds, charge.basis()));
        case LARGE_WORKER -> {
          lines.add(compute(where, "large worker", gbSeconds, charge.basis()));
          lines.add(disk(where, charge));
        }
        case LEADER -> lines.add(compute(where, "leader", gbSeconds, charge.basis()));
      }
    }
    List<Charge> away = stage.stream().filter(c -> c.place() != Place.HERE).toList();
    long invoked = away.stream().mapToLong(Charge::attempts).sum();
    add(lines, where, LAMBDA_REQUESTS, invoked, Price.LAMBDA_REQUEST, Basis.MEASURED);
    addRequests(lines, where, away.stream().filter(c -> c.place() != Place.LEADER).toList());
  }

  /// What attempts asked of S3: those that did not tell, as much as the others of their stage.
  private void addRequests(List<Line> lines, String where, List<Charge> attempts) {
    long untold = attempts.stream().filter(Charge::isUntold).mapToLong(Charge::attempts).sum();
    long told = attempts.stream().mapToLong(Charge::attempts).sum() - untold;
    long gets = attempts.stream().mapToLong(Charge::gets).sum();
    long puts = attempts.stream().mapToLong(Charge::puts).sum();
    add(lines, where, S3_GET, gets, Price.S3_GET, Basis.MEASURED);
    add(lines, where, S3_PUT, puts, Price.S3_PUT, Basis.MEASURED);
    if (untold > 0 && told > 0) {
      long lostGets = (long) Math.ceil((double) gets * untold / told);
      long lostPuts = (long) Math.ceil((double) puts * untold / told);
      add(lines, where, S3_GET, lostGets, Price.S3_GET, Basis.ASSUMED);
      add(lines, where, S3_PUT, lostPuts, Price.S3_PUT, Basis.ASSUMED);
    }
    long bytes = attempts.stream().mapToLong(Charge::bytesRead).sum();
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
    String where = Ledger.stage(stage.stage());
    lines.add(compute(where, "worker", billed * shape.workerGb(), Basis.ASSUMED));
    add(lines, where, LAMBDA_REQUESTS, tasks, Price.LAMBDA_REQUEST, Basis.ASSUMED);
    add(lines, where, S3_GET, stage.reads(), Price.S3_GET, Basis.ASSUMED);
    add(lines, where, S3_PUT, stage.writes(), Price.S3_PUT, Basis.ASSUMED);
  }

  private void add(List<Line> lines, Bill.Coordination took) {
    lines.add(compute(COORDINATOR, COORDINATOR, took.gbSeconds(), Basis.MEASURED));
    if (took.lostGbSeconds() > 0) {
      lines.add(compute(COORDINATOR, COORDINATOR, took.lostGbSeconds(), Basis.ASSUMED));
    }
    add(lines, COORDINATOR, LAMBDA_REQUESTS, took.runs(), Price.LAMBDA_REQUEST, Basis.MEASURED);
    add(lines, COORDINATOR, S3_GET, took.gets(), Price.S3_GET, Basis.MEASURED);
    add(lines, COORDINATOR, S3_PUT, took.puts(), Price.S3_PUT, Basis.MEASURED);
  }

  private void add(List<Line> lines, WorkflowUse use) {
    add(lines, WORKFLOW, "transitions", use.transitions(), Price.TRANSITION, Basis.MEASURED);
    add(
        lines,
        WORKFLOW,
        "task transitions",
        use.taskTransitions(),
        Price.TRANSITION,
        Basis.MEASURED);
    add(lines, WORKFLOW, "express", use.expressRequests(), Price.EXPRESS_REQUEST, Basis.MEASURED);
    if (use.expressGbSeconds() > 0) {
      double gbSeconds = use.expressGbSeconds();
      double dollars = gbSeconds * prices.of(Price.EXPRESS_GB_SECOND);
      lines.add(new Line(WORKFLOW, "express", gbSeconds, GB_SECONDS, dollars, Basis.ASSUMED));
    }
  }

  /// What is paid for on Lambda and nobody here can know.
  private static void addUnknown(List<Line> lines, Bill bill) {
    lines.add(unknown(COORDINATOR, "compute before the request, after a cold start", GB_SECONDS));
    lines.add(unknown(COORDINATOR, "compute after the last row", GB_SECONDS));
    if (bill.workflow().isSome()) {
      lines.add(unknown(WORKFLOW, "steps tried again, and calls without room", REQUESTS));
      lines.add(unknown(WORKFLOW, "workers' compute before tasks, after a cold start", GB_SECONDS));
    }
    if (bill.httpRequests() > 0) {
      lines.add(unknown(COORDINATOR, "invoked for nothing", REQUESTS));
      lines.add(unknown(HTTP, "later requests", REQUESTS));
      lines.add(unknown(HTTP, "compute while a coordinator works", GB_SECONDS));
    }
  }

  private static Line unknown(String where, String item, String unit) {
    return new Line(where, item, 0, unit, 0, Basis.NOT_INCLUDED);
  }

  private Line compute(String where, String function, double gbSeconds, Basis basis) {
    return line(where, function + " compute", gbSeconds, GB_SECONDS, Price.LAMBDA_GB_SECOND, basis);
  }

  private Line disk(String where, Charge charge) {
    double gbSeconds = charge.millis() * LambdaShape.paidDiskGb(charge.place()) / 1e3;
    return line(
        where,
        "large worker disk above 512 MB",
        gbSeconds,
        GB_SECONDS,
        Price.LAMBDA_DISK_GB_SECOND,
        charge.basis());
  }

  private void add(
      List<Line> lines, String where, String item, long count, Price price, Basis basis) {
    if (count > 0) {
      lines.add(line(where, item, (double) count, REQUESTS, price, basis));
    }
  }

  /// At another region's price it can be trusted no more than that.
  private Line line(
      String where, String item, double quantity, String unit, Price price, Basis basis) {
    return new Line(
        where,
        item,
        quantity,
        unit,
        quantity * prices.of(price),
        prices.assumed().contains(price) ? Basis.ASSUMED : basis);
  }

  private Ledger ledger(List<Line> lines) {
    return new Ledger(prices.label(), prices.priced(), lines);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
