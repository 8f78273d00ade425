package io.frazil.cli;

import io.frazil.cli.output.TablePrinter;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.BatchReader;
import java.io.OutputStream;

/// Results as tables for people.
public final class Tables {
  private Tables() {}

  /// How much of a result was printed.
  ///
  /// @param whole whether there was no more
  public record Printed(long rows, boolean whole) {}

  /// Prints a result, or the first rows of it.
  public static Printed print(
      OutputStream out, TablePrinter.Form form, Schema schema, BatchReader result, long rowsMax) {
    boolean[] numbers = new boolean[schema.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = schema.type(i).isNumeric();
    }
    var names = schema.fields().stream().map(Field::name).toList();
    var printer = new TablePrinter(out, names, numbers, form);
    long[] rows = {0};
    boolean whole =
        RowText.whileWanted(
            result,
            row -> {
              if (rows[0] == rowsMax) {
                return false;
              }
              rows[0]++;
              printer.row(row);
              return true;
            });
    printer.finish();
    return new Printed(rows[0], whole);
  }
}
