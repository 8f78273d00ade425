package io.frazil.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints rows for people. How, the first rows decide, so that a result of any length streams; a
/// longer value later widens its own line.
///
/// Where there is room the form is a table with a frame. On a terminal that is too narrow for it,
/// long texts are cut; where that isn't enough, each row becomes a block of lines, one a column.
/// Into files and pipes everything goes whole.
public final class TablePrinter {
  private static final int ROWS_MEASURED = 500;

  private final OutputStream out;
  private final List<String> names;
  private final boolean[] rightAligned;
  private final Form form;
  private final List<List<@Nullable String>> measured = new ArrayList<>();
  private @Nullable RowForm chosen;

  /// What the rows may look like.
  public sealed interface Form {
    /// What suits where results go.
    static Form of(Console console) {
      return console.outIsTerminal() ? new Fitting(console.width()) : new Table();
    }

    /// A table, as wide as it comes.
    record Table() implements Form {}

    /// A table that fits into so many terminal cells, or else blocks.
    record Fitting(int width) implements Form {}

    /// A block for each row.
    record Blocks(int width) implements Form {}
  }

  /// @param out whose failures come out as [UncheckedIOException]
  /// @param rightAligned which columns are numbers
  public TablePrinter(OutputStream out, List<String> names, boolean[] rightAligned, Form form) {
    this.out = out;
    this.names = names.stream().map(CellText::of).toList();
    this.rightAligned = rightAligned.clone();
    this.form = form;
  }

  /// Adds a row; a null cell is SQL's NULL.
  public void row(List<@Nullable String> cells) {
    if (chosen != null) {
      println(chosen.row(cells));
      return;
    }
    measured.add(cells);
    if (measured.size() == ROWS_MEASURED) {
      begin();
    }
  }

  /// Prints what is still held back, and the table's end.
  public void finish() {
    RowForm last = chosen == null ? begin() : chosen;
    println(last.end());
  }

  private RowForm begin() {
    RowForm first = choose();
    println(first.begin());
    for (List<@Nullable String> row : measured) {
      println(first.row(row));
    }
    measured.clear();
    chosen = first;
    return first;
  }

  private RowForm choose() {
    int[] natural = naturalWidths();
    return switch (form) {
      case Form.Table _ -> FramedRows.whole(names, rightAligned, natural);
      case Form.Blocks(int width) -> new BlockRows(names, width);
      case Form.Fitting(int width) -> fitting(natural, width);
    };
  }

  private RowForm fitting(int[] natural, int width) {
    int[] fitting = ColumnWidths.fit(natural, rightAligned, FramedRows.room(width, names.size()));
    if (fitting != null) {
      return Arrays.equals(fitting, natural)
          ? FramedRows.whole(names, rightAligned, natural)
          : FramedRows.cut(names, rightAligned, fitting);
    }
    return names.size() == 1 ? new PlainRows(names.getFirst()) : new BlockRows(names, width);
  }

  private int[] naturalWidths() {
    int[] widths = new int[names.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = CellText.width(names.get(i));
      for (List<@Nullable String> row : measured) {
        widths[i] = Math.max(widths[i], CellText.width(CellText.of(row.get(i))));
      }
    }
    return widths;
  }

  private void println(String lines) {
    if (lines.isEmpty()) {
      return;
    }
    try {
      out.write((lines + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
