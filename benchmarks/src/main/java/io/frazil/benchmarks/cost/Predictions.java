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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Holds what TPC-H's queries were predicted to cost with workers against their bills: of the first
/// run of each in this process, and of those that followed. Prints a row a query, and how many
/// bills lie within their prediction.
///
/// Bills are told in wall time. So of the later runs those count during which other processes took
/// least of the machine, and each bill is given a second time at the share of the machine that was
/// left to it: as much as it can be less where it is alone.
public final class Predictions {
  private static final int WORKERS = 4;

  private final SqlSession session;

  private Predictions(SqlSession session) {
    this.session = session;
  }

  /// What one run was thought to cost, and did.
  ///
  /// @param others the share of the machine that other processes took meanwhile
  private record Run(Interval predicted, double billed, double others) {
    double width() {
      return predicted.high() / predicted.low();
    }

    double atItsShare() {
      return billed * (1 - others);
    }

    boolean has(double dollars) {
      return dollars >= predicted.low() && dollars <= predicted.high();
    }

    /// In millionths of a dollar; a * where it was not predicted.
    String cells() {
      return String.format(
          Locale.ROOT,
          " %.1f to %.1f | %.1f | %.1f%s | %.0f%% | %.1f%s |",
          predicted.low() * 1e6,
          predicted.high() * 1e6,
          width(),
          billed * 1e6,
          has(billed) ? "" : "*",
          others * 100,
          atItsShare() * 1e6,
          has(atItsShare()) ? "" : "*");
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
    IO.println("Each query's first run in this process:");
    print(queries, all.stream().map(List::getFirst).toList());
    if (runs > 1) {
      IO.println("The median of the half of its later runs that was disturbed least:");
      print(queries, all.stream().map(r -> median(quietest(r.subList(1, r.size())))).toList());
    }
  }

  private static void print(List<Numbered> queries, List<Run> runs) {
    IO.println("| Query | predicted | width | billed | others | at its share |");
    IO.println("|---|---|---|---|---|---|");
    for (int i = 0; i < queries.size(); i++) {
      IO.println("| Q" + queries.get(i).number() + " |" + runs.get(i).cells());
    }
    long billed = runs.stream().filter(run -> run.has(run.billed())).count();
    long atShare = runs.stream().filter(run -> run.has(run.atItsShare())).count();
    double widest = runs.stream().mapToDouble(Run::width).max().orElse(0);
    IO.println(
        String.format(
            Locale.ROOT,
            "%d of %d within as billed, %d at their share; the widest prediction: %.1f times%n",
            billed,
            runs.size(),
            atShare,
            widest));
  }

  private Run run(String sql) {
    var others = new Others();
    try (QueryHandle query = session.sql(sql)) {
      BatchReader batches = query.batches();
      while (batches.next() != null) {
        // Only what it takes counts.
      }
      return new Run(query.estimate().dollars(), query.ledger().dollars(), others.share());
    }
  }

  /// The half of the runs that was disturbed least.
  private static List<Run> quietest(List<Run> runs) {
    return runs.stream()
        .sorted(Comparator.comparingDouble(Run::others))
        .limit((runs.size() + 1) / 2)
        .toList();
  }

  private static Run median(List<Run> runs) {
    List<Run> sorted = runs.stream().sorted(Comparator.comparingDouble(Run::billed)).toList();
    return sorted.get(sorted.size() / 2);
  }
}
