package io.frazil.cli.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Each row as a block: a heading with its number, then a line a column.
final class BlockRows implements RowForm {
  private final List<String> names;
  private final int width;
  private final int namesWidth;
  private long number;

  BlockRows(List<String> names, int width) {
    this.names = names;
    this.width = width;
    this.namesWidth = names.stream().mapToInt(CellText::width).max().orElse(0);
  }

  @Override
  public String begin() {
    return "";
  }

  @Override
  public String row(List<@Nullable String> cells) {
    number++;
    String heading = "── row " + Units.count(number) + " ";
    var block = new StringBuilder(heading);
    block.append("─".repeat(Math.max(0, Math.min(width, namesWidth + 40) - heading.length())));
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      block.append('\n').append(name).append(" ".repeat(namesWidth - CellText.width(name)));
      block.append(" │ ").append(CellText.of(cells.get(i)));
    }
    return block.toString();
  }

  @Override
  public String end() {
    return "";
  }
}
