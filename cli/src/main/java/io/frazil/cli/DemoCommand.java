package io.frazil.cli;

import io.frazil.cli.option.TpchScale;
import io.frazil.cli.output.Console;
import io.frazil.cli.output.ProgressLine;
import io.frazil.cli.output.TablePrinter;
import io.frazil.cli.tpch.TpchGenerator;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.session.QueryHandle;
import io.frazil.session.SqlSession;
import io.frazil.sql.parser.Script;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `frazil demo`: a warehouse of TPC-H, and queries on it through workers.
@Command(
    name = "demo",
    sortOptions = false,
    header = "Makes a warehouse of TPC-H data (once) and runs some of its queries.",
    description = {
      "The data is at scale 0.1: 600,000 lines. The queries go through four workers; each shows",
      "its first rows, what it read and pruned, time by stage, and its cost on Lambda.%n"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  frazil demo", "  frazil demo --workers 2 --warehouse w"})
final class DemoCommand implements Callable<Integer> {
  private static final int WORKERS = 4;
  private static final int ROWS_SHOWN = 5;

  /// What each query is there to show.
  private static final List<Example> EXAMPLES =
      List.of(
          new Example(1, "a report over nearly all lines"),
          new Example(3, "two joins and the ten best"),
          new Example(6, "a filter that prunes files by date"),
          new Example(13, "an outer join and a count of counts"));

  private final Console console;

  /// Not in the help: the demo is of one size, and its test of a smaller one.
  @Option(names = "--scale", hidden = true, paramLabel = "S", converter = TpchScale.class)
  private double scale = 0.1;

  @Mixin private final SessionOptions options = new SessionOptions();

  private record Example(int number, String about) {}

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (IcebergCatalog catalog = options.openWarehouse()) {
      var generator =
          new TpchGenerator(
              catalog,
              LocalWarehouse.DEFAULT_SCHEMA,
              scale,
              OptionalInt.empty(),
              options.threads());
      console.messageLine("TPC-H at scale " + scale + " in '" + options.warehouse() + "' ...");
      TpchCommand.generate(console, generator);
    }
    try (CliSession open = options.open(WORKERS);
        Interrupts interrupts = Interrupts.listen(console, Interrupts.Again.EXITS)) {
      for (Example example : EXAMPLES) {
        interrupts.check();
        console.println("");
        console.println("Q%d: %s".formatted(example.number(), example.about()));
        show(open.session(), TpchQueries.text(example.number()), interrupts);
      }
    }
    console.println("");
    console.println("Next: ./frazil for a shell, ./frazil sql --help, ./frazil import --help.");
    return ExitStatus.DONE;
  }

  private void show(SqlSession session, String script, Interrupts interrupts) {
    for (String statement : Script.split(script)) {
      try (QueryHandle query = session.sql(statement)) {
        interrupts.cancelBy(query::cancel);
        if (query.kind() == QueryHandle.Kind.ROWS) {
          firstRows(query);
          CostText.lines(query).forEach(console::println);
        }
      }
    }
    console.flush();
  }

  private void firstRows(QueryHandle query) {
    Tables.Printed printed;
    try (ProgressLine progress = ProgressLine.start(console, () -> QueryProgressText.of(query))) {
      var batches = new FirstBatchWatch(query.batches(), progress::close);
      printed =
          Tables.print(
              console.out(), TablePrinter.Form.of(console), query.schema(), batches, ROWS_SHOWN);
      while (batches.next() != null) {
        // The rest counts, too, in what the query took.
      }
    }
    if (!printed.whole()) {
      console.println("  and more rows");
    }
  }
}
