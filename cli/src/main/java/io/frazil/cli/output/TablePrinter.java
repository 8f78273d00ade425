package io.frazil.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints rows as a table with a frame. Widths are those of the header and the first rows, so that
/// a result of any length streams; a longer value later widens its own line.
public final class TablePrinter {
  private static final int ROWS_MEASURED = 500;
  private static final int MAX_CELL = 200;

  private final OutputStream out;
  private final List<String> names;
  private final boolean[] rightAligned;
  private final List<List<@Nullable String>> measured = new ArrayList<>();
  private int @Nullable [] widths;

  /// @param out whose failures come out as [UncheckedIOException]
  /// @param rightAligned which columns are numbers
  public TablePrinter(OutputStream out, List<String> names, boolean[] rightAligned) {
    this.out = out;
    this.names = List.copyOf(names);
    this.rightAligned = rightAligned.clone();
  }

  /// Adds a row; a null cell is SQL's NULL.
  public void row(List<@Nullable String> cells) {
    if (widths != null) {
      println(line(cells, widths));
      return;
    }
    measured.add(cells);
    if (measured.size() == ROWS_MEASURED) {
      begin();
    }
  }

  /// Prints what is still held back, and the frame's end.
  public void finish() {
    int[] known = widths == null ? begin() : widths;
    println(rule(known, "└", "┴", "┘"));
  }

  private void println(String line) {
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int[] begin() {
    int[] known = new int[names.size()];
    for (int i = 0; i < known.length; i++) {
      known[i] = displayWidth(names.get(i));
      for (List<@Nullable String> row : measured) {
        known[i] = Math.max(known[i], displayWidth(cell(row.get(i))));
      }
    }
    widths = known;
    List<@Nullable String> header = new ArrayList<>();
    header.addAll(names);
    println(rule(known, "┌", "┬", "┐"));
    println(line(header, known));
    println(rule(known, "├", "┼", "┤"));
    for (List<@Nullable String> row : measured) {
      println(line(row, known));
    }
    measured.clear();
    return known;
  }

  private String line(List<@Nullable String> cells, int[] known) {
    var line = new StringBuilder("│");
    for (int i = 0; i < known.length; i++) {
      String text = cell(cells.get(i));
      String padding = " ".repeat(Math.max(0, known[i] - displayWidth(text)));
      line.append(' ');
      line.append(rightAligned[i] ? padding + text : text + padding);
      line.append(" │");
    }
    return line.toString();
  }

  private static String rule(int[] widths, String left, String middle, String right) {
    var parts = new ArrayList<String>();
    for (int width : widths) {
      parts.add("─".repeat(width + 2));
    }
    return left + String.join(middle, parts) + right;
  }

  /// The text of a cell on one line: control characters are shown, not sent to the terminal.
  private static String cell(@Nullable String value) {
    if (value == null) {
      return "NULL";
    }
    var text = new StringBuilder(value.length());
    value
        .codePoints()
        .limit(MAX_CELL)
        .forEach(c -> {
          switch (c) {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> text.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c);
          }
        });
    if (value.codePointCount(0, value.length()) > MAX_CELL) {
      text.append('…');
    }
    return text.toString();
  }

  /// How many terminal cells a text takes: two for wide East Asian characters and emoji, none for
  /// combining marks.
  private static int displayWidth(String text) {
    return text.codePoints().map(TablePrinter::displayWidth).sum();
  }

  private static int displayWidth(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        (codePoint >= 0x1100 && codePoint <= 0x115F)
            || (codePoint >= 0x2E80 && codePoint <= 0xA4CF)
            || (codePoint >= 0xAC00 && codePoint <= 0xD7A3)
            || (codePoint >= 0xF900 && codePoint <= 0xFAFF)
            || (codePoint >= 0xFE30 && codePoint <= 0xFE6F)
            || (codePoint >= 0xFF00 && codePoint <= 0xFF60)
            || (codePoint >= 0xFFE0 && codePoint <= 0xFFE6)
            || (codePoint >= 0x1F300 && codePoint <= 0x1FAFF)
            || (codePoint >= 0x20000 && codePoint <= 0x3FFFD);
    return wide ? 2 : 1;
  }
}
