package io.frazil.benchmarks.cost;

import com.sun.management.OperatingSystemMXBean;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.vector.BatchReader;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.session.QueryHandle;
import io.frazil.session.SessionContext;
import io.frazil.session.cost.Interval;
import io.frazil.session.statistics.NodeStatistics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Measures what each kind of work costs over TPC-H, and holds predictions against ledgers:
///
/// ```
/// benchmarks/calibrate [WAREHOUSE [RUNS]]
/// ```
///
/// Prints the costs as `session` has them in `calibration.json`, then a line a query: what it was
/// predicted to take, what it took, and by how much the middle of the prediction is off.
public final class Calibrate {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final SessionContext session;
  private final int runs;

  private Calibrate(SessionContext session, int runs) {
    this.session = session;
    this.runs = runs;
  }

  /// A query that ran: the fastest of its runs.
  ///
  /// @param share of its time that it had a processor
  private record Ran(String sql, QueryHandle handle, double share) {
    /// The middle of what was predicted, beside what it costs with a processor to itself.
    double ratio() {
      return handle.estimate().dollars().middle() / (handle.ledger().dollars() * share);
    }

    double cpu() {
      return handle.statistics().cpu().toNanos() / 1e9;
    }
  }

  public static void main(String[] arguments) throws IOException {
    Path warehouse = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    int runs = Integer.parseInt(arguments[2]);
    try (IcebergCatalog catalog = LocalWarehouse.open(warehouse);
        SessionContext session =
            SessionContext.builder()
                .store(new LocalObjectStore())
                .threads(1)
                .catalog("iceberg", catalog)
                .defaults("iceberg", LocalWarehouse.DEFAULT_SCHEMA)
                .build()) {
      var calibrate = new Calibrate(session, runs);
      List<TpchStatements.Numbered> queries =
          new TpchStatements(session, folder).queries(Optional.empty());
      calibrate.run(queries.stream().map(TpchStatements.Numbered::sql).toList());
    }
  }

  private void run(List<String> queries) {
    List<Ran> fastest = new ArrayList<>(queries.stream().map(this::run).toList());
    for (int again = 1; again < runs; again++) {
      fastest.replaceAll(best -> {
        Ran ran = run(best.sql());
        return ran.cpu() < best.cpu() ? ran : best;
      });
    }
    var costs = new WorkCosts();
    fastest.forEach(ran -> costs.add(plan(ran), ran.share()));
    costs.lines().forEach(IO::println);
    IO.println(
        "| Query | seconds predicted | measured | bytes predicted, read | dollars predicted"
            + " | ledger | share | predicted / ledger at its share |");
    IO.println("|---|---|---|---|---|---|---|---|");
    double logarithms = 0;
    for (int i = 0; i < fastest.size(); i++) {
      IO.println("| Q" + (i + 1) + row(fastest.get(i)));
      logarithms += Math.log(fastest.get(i).ratio());
    }
    IO.println("geometric mean " + Math.exp(logarithms / fastest.size()));
  }

  private Ran run(String sql) {
    long cpu = PROCESS.getProcessCpuTime();
    long start = System.nanoTime();
    try (QueryHandle query = session.sql(sql)) {
      BatchReader batches = query.batches();
      while (batches.next() != null) {
        // Only what it takes counts.
      }
      double elapsed = System.nanoTime() - start;
      return new Ran(sql, query, Math.min(1, (PROCESS.getProcessCpuTime() - cpu) / elapsed));
    }
  }

  private List<PlanNode> plan(Ran ran) {
    Map<Integer, NodeStatistics> nodes = new HashMap<>();
    ran.handle().statistics().stages().forEach(s -> s.nodes().forEach(n -> nodes.put(n.id(), n)));
    return PlanNode.of(session.explain(ran.sql()).lines().toList(), nodes);
  }

  private static String row(Ran ran) {
    Interval dollars = ran.handle().estimate().dollars();
    Interval seconds = ran.handle().estimate().seconds();
    Interval bytes = ran.handle().estimate().bytes();
    double read = ran.handle().statistics().bytesRead();
    double took = ran.handle().statistics().elapsed().toNanos() / 1e9;
    double paid = ran.handle().ledger().dollars();
    return String.format(
        Locale.ROOT,
        " | %.2f to %.2f | %.2f%s | %.1f to %.1f, %.1f MB%s"
            + " | %.6f to %.6f | %.6f%s | %.2f | %.2f |",
        seconds.low(),
        seconds.high(),
        took,
        mark(seconds, took),
        bytes.low() / 1e6,
        bytes.high() / 1e6,
        read / 1e6,
        mark(bytes, read),
        dollars.low(),
        dollars.high(),
        paid,
        mark(dollars, paid * ran.share()),
        ran.share(),
        ran.ratio());
  }

  /// A star at what is outside of its prediction.
  private static String mark(Interval predicted, double measured) {
    return measured >= predicted.low() && measured <= predicted.high() ? "" : "*";
  }
}
