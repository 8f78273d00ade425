package io.frazil.session.cost;

import io.frazil.session.cost.Ledger.Basis;
import io.frazil.session.cost.Ledger.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Computes from what a query did here what it costs on Lambda.
///
/// A worker is paid for while it computes or reads, whichever takes longer, as reading runs ahead
/// of computing; the coordinator from the request to the answer.
public final class LambdaCost {
  private final PriceTable prices;
  private final LambdaShape shape;

  public LambdaCost(PriceTable prices, LambdaShape shape) {
    this.prices = prices;
    this.shape = shape;
  }

  /// @param elapsed of the whole query, as measured here
  public Ledger ledger(Duration elapsed, List<LedgerEntry> stages) {
    var lines = new ArrayList<Line>();
    stages.forEach(stage -> add(lines, stage));
    double coordinator = seconds(elapsed) * shape.coordinatorGb();
    lines.add(compute("coordinator", coordinator, Basis.MEASURED));
    lines.add(requests("coordinator", 1, Basis.ASSUMED));
    return new Ledger(prices.region(), prices.priced(), lines);
  }

  private void add(List<Line> lines, LedgerEntry stage) {
    boolean ran = stage.tasks() > 0;
    long tasks =
        ran ? stage.tasks() : Math.max(1, Math.ceilDiv(stage.bytesRead(), shape.taskBytes()));
    double computing = seconds(stage.cpu()) / shape.workerProcessors();
    double reading = stage.bytesRead() / shape.bytesPerSecond();
    double billed = Math.max(computing, reading) + tasks * seconds(shape.taskOverhead());
    Basis timing = computing >= reading ? Basis.MEASURED : Basis.ASSUMED;
    lines.add(compute(stage.where(), billed * shape.workerGb(), timing));
    lines.add(requests(stage.where(), tasks, ran ? Basis.MEASURED : Basis.ASSUMED));
    if (stage.reads() > 0) {
      lines.add(line(stage.where(), "s3 get", stage.reads(), "requests", prices.s3Get()));
    }
    if (stage.writes() > 0) {
      lines.add(line(stage.where(), "s3 put", stage.writes(), "requests", prices.s3Put()));
    }
  }

  private Line compute(String where, double gbSeconds, Basis basis) {
    double dollars = gbSeconds * prices.lambdaGbSecond();
    return new Line(where, "lambda compute", gbSeconds, "GB-s", dollars, basis);
  }

  private Line requests(String where, long count, Basis basis) {
    double dollars = count * prices.lambdaRequest();
    return new Line(where, "lambda requests", count, "requests", dollars, basis);
  }

  private static Line line(String where, String item, long count, String unit, double price) {
    return new Line(where, item, count, unit, count * price, Basis.MEASURED);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
