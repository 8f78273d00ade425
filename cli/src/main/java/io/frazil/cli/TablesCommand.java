package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.cli.output.TablePrinter;
import io.frazil.cli.output.Units;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.TableVersion;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `frazil tables`: what the warehouse holds.
@Command(
    name = "tables",
    sortOptions = false,
    header = "Lists the warehouse's tables with their number of rows.",
    footerHeading = "%nExample:%n",
    footer = {"  frazil tables --warehouse w"})
final class TablesCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final ClientOptions options = new ClientOptions();

  TablesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (options.endpoint().isPresent()) {
      // What a deployment tells of its tables, it tells by statements.
      return new SqlRun(console, options, new OutputOptions()).script("SHOW TABLES", "it");
    }
    try (CliSession session = options.open()) {
      CatalogProvider catalog = session.warehouse();
      var printer =
          new TablePrinter(
              console.out(),
              List.of("schema", "table", "columns", "rows"),
              new boolean[] {false, false, true, true},
              TablePrinter.Form.of(console));
      for (String schema : catalog.schemas()) {
        for (String table : catalog.tables(schema)) {
          catalog
              .table(schema, table, TableVersion.CURRENT)
              .ifPresent(found ->
                  printer.row(
                      List.of(
                          schema,
                          table,
                          Integer.toString(found.schema().size()),
                          Units.count((long) found.statistics().rows().value()))));
        }
      }
      printer.finish();
    }
    return ExitStatus.DONE;
  }
}
