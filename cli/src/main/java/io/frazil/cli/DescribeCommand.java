package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.cli.output.TablePrinter;
import io.frazil.cli.output.Units;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.ExpressionText;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.ColumnStatistics;
import io.frazil.engine.provider.PartiallySupported;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.type.Field;
import io.frazil.iceberg.LocalWarehouse;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `frazil describe`: a table's columns and what is known of them without reading data.
@Command(
    name = "describe",
    sortOptions = false,
    header = "Shows a table's columns and what is known of them: bounds, nulls, distinct values.",
    description = {"All of it is metadata: no data is read. A number with ~ is an estimate.%n"},
    footerHeading = "%nExamples:%n",
    footer = {"  frazil describe lineitem", "  frazil describe main.lineitem --warehouse w"})
final class DescribeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "TABLE", description = "The table: NAME, or SCHEMA.NAME.")
  private String name = "";

  @Mixin private final ClientOptions options = new ClientOptions();

  DescribeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (options.endpoint().isPresent()) {
      // What a deployment tells of its tables, it tells by statements.
      return new SqlRun(console, options, new OutputOptions()).script("DESCRIBE " + quoted(), "it");
    }
    try (CliSession session = options.open()) {
      TableProvider table = find(session.warehouse());
      var printer =
          new TablePrinter(
              console.out(),
              List.of("column", "type", "null", "min", "max", "nulls", "distinct"),
              new boolean[] {false, false, false, true, true, true, true},
              TablePrinter.Form.of(console));
      for (int i = 0; i < table.schema().size(); i++) {
        printer.row(row(table.schema().field(i), table.statistics().columns().get(i)));
      }
      if (table instanceof PartiallySupported partial) {
        partial
            .unsupportedColumns()
            .forEach((column, type) ->
                printer.row(List.of(column, type + " (not supported)", "", "", "", "", "")));
      }
      printer.finish();
      console.messageLine(Units.rows((long) table.statistics().rows().value()));
    }
    return ExitStatus.DONE;
  }

  /// A name is no SQL, whatever is in it.
  private String quoted() {
    return Arrays.stream(name.split("\\.", 2))
        .map(part -> '"' + part.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining("."));
  }

  private TableProvider find(CatalogProvider catalog) {
    int point = name.indexOf('.');
    String schema = point < 0 ? LocalWarehouse.DEFAULT_SCHEMA : name.substring(0, point);
    String table = name.substring(point + 1);
    return catalog
        .table(schema, table, TableVersion.CURRENT)
        .orElseThrow(() ->
            new FrazilException(
                ErrorCode.TABLE_NOT_FOUND,
                "Table '%s.%s' does not exist; 'frazil tables' lists those that do"
                    .formatted(schema, table)));
  }

  private static List<@Nullable String> row(Field field, ColumnStatistics known) {
    return Arrays.asList(
        field.name(),
        field.type().text(),
        field.nullable() ? "yes" : "no",
        literal(known.min()),
        literal(known.max()),
        number(known.nulls()),
        number(known.distinct()));
  }

  private static String literal(Expression.@Nullable Literal value) {
    return value == null ? "" : ExpressionText.text(value);
  }

  private static String number(@Nullable Statistic statistic) {
    if (statistic == null) {
      return "";
    }
    String mark = statistic.exactness() == Statistic.Exactness.EXACT ? "" : "~";
    return mark + Units.count((long) statistic.value());
  }
}
