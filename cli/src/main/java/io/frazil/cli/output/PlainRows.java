package io.frazil.cli.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One column, too wide for a frame: its values as lines, which the terminal wraps.
final class PlainRows implements RowForm {
  private final String name;

  PlainRows(String name) {
    this.name = name;
  }

  @Override
  public String begin() {
    return name + "\n" + "─".repeat(CellText.width(name));
  }

  @Override
  public String row(List<@Nullable String> cells) {
    return CellText.of(cells.getFirst());
  }

  @Override
  public String end() {
    return "";
  }
}
