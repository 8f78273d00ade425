package io.frazil.benchmarks.cost;

import io.frazil.benchmarks.cost.TpchStatements.Numbered;
import io.frazil.cli.CliSession;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.vector.BatchReader;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.session.QueryHandle;
import io.frazil.session.SqlSession;
import io.frazil.session.cost.Interval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Holds what TPC-H's queries were predicted to cost with workers against their bills:
///
/// ```
/// benchmarks/predictions [--fresh] [--runs R] [SCALE ...]
/// ```
///
/// Prints a line a query: its prediction, the first bill in this process, the median of those that
/// followed, and a * at each that the prediction missed.
public final class Predictions {
  private static final int WORKERS = 4;

  private final SqlSession session;

  private Predictions(SqlSession session) {
    this.session = session;
  }

  /// What one run was thought to cost, and did.
  private record Run(Interval predicted, double billed) {
    boolean isWithin() {
      return billed >= predicted.low() && billed <= predicted.high();
    }

    String mark() {
      return isWithin() ? "" : "*";
    }
  }

  /// @param arguments a warehouse, the queries' folder, how often each runs, and perhaps which one
  ///   alone
  public static void main(String[] arguments) throws IOException {
    Path warehouse = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    int runs = Integer.parseInt(arguments[2]);
    Optional<Integer> only =
        arguments.length > 3 ? Optional.of(Integer.valueOf(arguments[3])) : Optional.empty();
    int processors = Runtime.getRuntime().availableProcessors();
    var memory = new MemoryPool(Runtime.getRuntime().maxMemory() / 4 * 3);
    IcebergCatalog catalog = LocalWarehouse.open(warehouse);
    try (CliSession open =
        CliSession.withWorkers(
            catalog, WORKERS, new CliSession.Resources(processors, memory), catalog::close)) {
      var statements = new TpchStatements(open.session(), folder);
      List<Numbered> queries = statements.queries(only);
      new Predictions(open.session()).run(queries, runs);
    }
  }

  private void run(List<Numbered> queries, int runs) {
    List<List<Run>> all = new ArrayList<>();
    queries.forEach(_ -> all.add(new ArrayList<>()));
    for (int run = 0; run < runs; run++) {
      for (int i = 0; i < queries.size(); i++) {
        all.get(i).add(run(queries.get(i).sql()));
      }
    }
    for (int i = 0; i < queries.size(); i++) {
      IO.println("| Q" + queries.get(i).number() + row(all.get(i)));
    }
  }

  private Run run(String sql) {
    try (QueryHandle query = session.sql(sql)) {
      BatchReader batches = query.batches();
      while (batches.next() != null) {
        // Only what it takes counts.
      }
      return new Run(query.estimate().dollars(), query.ledger().dollars());
    }
  }

  /// In millionths of a dollar.
  private static String row(List<Run> runs) {
    Run first = runs.getFirst();
    String row =
        String.format(
            Locale.ROOT,
            " | %.1f to %.1f | %.1f | %.1f%s",
            first.predicted().low() * 1e6,
            first.predicted().high() * 1e6,
            first.predicted().high() / first.predicted().low(),
            first.billed() * 1e6,
            first.mark());
    return row + later(runs.subList(1, runs.size())) + " |";
  }

  private static String later(List<Run> runs) {
    if (runs.isEmpty()) {
      return "";
    }
    List<Run> sorted =
        runs.stream().sorted((a, b) -> Double.compare(a.billed(), b.billed())).toList();
    Run median = sorted.get(sorted.size() / 2);
    return String.format(
        Locale.ROOT,
        " | %.1f to %.1f | %.1f | %.1f%s",
        median.predicted().low() * 1e6,
        median.predicted().high() * 1e6,
        median.predicted().high() / median.predicted().low(),
        median.billed() * 1e6,
        median.mark());
  }
}
