package io.frazil.cli.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table with a frame.
final class FramedRows implements RowForm {
  /// A blank on either side and a line.
  private static final int FRAME = 3;

  private final List<String> names;
  private final boolean[] rightAligned;
  private final int[] widths;
  private final boolean cut;

  private FramedRows(List<String> names, boolean[] rightAligned, int[] widths, boolean cut) {
    this.names = names;
    this.rightAligned = rightAligned;
    this.widths = widths;
    this.cut = cut;
  }

  /// Whole values: one that is longer than its column widens its line.
  static FramedRows whole(List<String> names, boolean[] rightAligned, int[] widths) {
    return new FramedRows(names, rightAligned, widths, false);
  }

  /// Texts cut to the width of their columns.
  static FramedRows cut(List<String> names, boolean[] rightAligned, int[] widths) {
    return new FramedRows(names, rightAligned, widths, true);
  }

  /// What a frame leaves of so many terminal cells.
  static int room(int width, int columns) {
    return width - 1 - columns * FRAME;
  }

  @Override
  public String begin() {
    return String.join(
        "\n",
        rule("┌", "┬", "┐"),
        row(new ArrayList<@Nullable String>(names)),
        rule("├", "┼", "┤"));
  }

  @Override
  public String row(List<@Nullable String> cells) {
    var line = new StringBuilder("│");
    for (int i = 0; i < widths.length; i++) {
      String whole = CellText.of(cells.get(i));
      String text = cut && !rightAligned[i] ? CellText.cut(whole, widths[i]) : whole;
      String padding = " ".repeat(Math.max(0, widths[i] - CellText.width(text)));
      line.append(' ');
      line.append(rightAligned[i] ? padding + text : text + padding);
      line.append(" │");
    }
    return line.toString();
  }

  @Override
  public String end() {
    return rule("└", "┴", "┘");
  }

  private String rule(String left, String middle, String right) {
    var parts = new ArrayList<String>();
    for (int width : widths) {
      parts.add("─".repeat(width + 2));
    }
    return left + String.join(middle, parts) + right;
  }
}
