package io.frazil.cli;

import io.frazil.cli.output.Console;
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
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes an Iceberg table of existing Parquet files. They stay where they are, are not",
      "rewritten, and must not be changed afterwards; dropping the table leaves them.%n"
    },
    footerHeading = "%nExample:%n",
    footer = "  frazil import --warehouse w --analyze events data/2026/*.parquet")
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
    try (IcebergCatalog catalog = options.openWarehouse()) {
      TableImport tables = TableImport.into(catalog, store);
      if (analyze) {
        tables =
            tables.analyzing(
                new FileScanner(store, new MemoryPool(options.poolBytes()), options.threads()));
      }
      int point = name.indexOf('.');
      String schema = point < 0 ? LocalWarehouse.DEFAULT_SCHEMA : name.substring(0, point);
      TableImport.Imported made = tables.create(schema, name.substring(point + 1), files);
      console.messageLine(
          "%s: %s in %d %s, %s"
              .formatted(
                  name,
                  Units.rows(made.rows()),
                  made.files(),
                  made.files() == 1 ? "file" : "files",
                  Units.bytes(made.bytes())));
    }
    return ExitStatus.DONE;
  }
}
