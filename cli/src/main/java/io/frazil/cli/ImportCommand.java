package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.cli.output.ProgressLine;
import io.frazil.cli.output.Units;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.iceberg.TableImport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `frazil import`: existing Parquet files become a table.
@Command(
    name = "import",
    sortOptions = false,
    header = "Makes an Iceberg table of existing Parquet files, rewriting nothing.",
    description = {
      "The files stay where they are and must not be changed afterwards; dropping the table leaves",
      "them. All have the same columns, which are found by their field ids or else by name.%n"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  frazil import events data/2026/*.parquet",
      "  frazil import --warehouse w --analyze sales.orders orders/"
    })
final class ImportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "NAME", description = "The table: NAME, or SCHEMA.NAME.")
  private String name = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Parquet files, folders or patterns.")
  private List<String> files = List.of();

  @Option(
      names = "--analyze",
      description = {
        "Read all values once to count the distinct ones of each column,",
        "which helps the planner to order joins."
      })
  private boolean analyze;

  @Mixin private final SessionOptions options = new SessionOptions();

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var store = new LocalObjectStore();
    var memory = new MemoryPool(options.poolBytes());
    var scanner = new FileScanner(store, memory, options.threads());
    TableImport.Imported made;
    try (IcebergCatalog catalog = options.openWarehouse();
        ProgressLine _ = ProgressLine.start(console, scanner::progress)) {
      TableImport tables = TableImport.into(catalog, store);
      made = analyze ? analyzed(tables.analyzing(scanner), scanner) : create(tables);
    }
    console.messageLine(
        "%s: %s in %d %s, %s"
            .formatted(
                name,
                Units.rows(made.rows()),
                made.files(),
                made.files() == 1 ? "file" : "files",
                Units.bytes(made.bytes())));
    return ExitStatus.DONE;
  }

  private TableImport.Imported analyzed(TableImport tables, FileScanner scanner) {
    try (Interrupts interrupts = Interrupts.listen(console, Interrupts.Again.EXITS)) {
      interrupts.cancelBy(scanner::cancel);
      return create(tables);
    }
  }

  private TableImport.Imported create(TableImport tables) {
    int point = name.indexOf('.');
    String schema = point < 0 ? LocalWarehouse.DEFAULT_SCHEMA : name.substring(0, point);
    return tables.create(schema, name.substring(point + 1), files);
  }
}
