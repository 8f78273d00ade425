package io.frazil.cli.output;

import io.frazil.engine.error.FrazilException.Position;
import java.util.List;

/// The line of a text that an error is about, with a caret under the place.
public final class SourceExcerpt {
  private static final String INDENT = "  ";
  private static final String CUT = "…";

  private SourceExcerpt() {}

  /// Two lines, or none where the text has no such place. Of a line that is wider than the terminal
  /// the part around the place is shown.
  public static List<String> lines(String text, Position place, int width) {
    List<String> all = text.lines().toList();
    if (place.line() > all.size()) {
      return List.of();
    }
    // A tab has no width of its own: a blank in its place keeps the caret where it belongs.
    String line = all.get(place.line() - 1).replace('\t', ' ').stripTrailing();
    int caret = Math.min(place.column() - 1, line.length());
    if (line.isBlank() || caret < 0) {
      return List.of();
    }
    int room = Math.max(20, width - 2 * INDENT.length());
    String before = line.substring(0, caret);
    String after = line.substring(caret);
    if (CellText.width(line) > room) {
      before = end(before, room / 2);
      after = start(after, room - CellText.width(before));
    }
    return List.of(INDENT + before + after, INDENT + " ".repeat(CellText.width(before)) + "^");
  }

  private static String start(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + CUT;
  }

  private static String end(String text, int length) {
    return text.length() <= length ? text : CUT + text.substring(text.length() - length + 1);
  }
}
