package io.frazil.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rows for people, on terminals of all widths.
final class TablePrinterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void whatFitsIsFramed() {
    var printer = printer(new TablePrinter.Form.Fitting(20));
    printer.row(List.of("1", "a\tb"));
    printer.row(Arrays.asList("22", null));
    printer.finish();
    assertThat(printed())
        .isEqualTo(
            """
            ┌────┬──────┐
            │  n │ text │
            ├────┼──────┤
            │  1 │ a\\tb │
            │ 22 │ NULL │
            └────┴──────┘
            """);
  }

  @Test
  void textsAreCutToFitATerminal() {
    var printer = printer(new TablePrinter.Form.Fitting(28));
    printer.row(List.of("1", "a text that is longer than its place"));
    printer.finish();
    assertThat(printed())
        .contains("│ 1 │ a text that is long… │\n")
        .hasLineCount(5)
        .matches(text -> text.lines().allMatch(line -> line.length() <= 28));
  }

  @Test
  void nothingIsCutElsewhere() {
    var printer = printer(new TablePrinter.Form.Table());
    String longest = "x".repeat(1_000);
    for (int i = 0; i < 600; i++) {
      printer.row(List.of("1", "short"));
    }
    printer.row(List.of("2", longest));
    printer.finish();
    assertThat(printed()).contains("│ 2 │ " + longest + " │\n");
  }

  @Test
  void rowsBecomeBlocksWhereNothingElseFits() {
    var printer = printer(new TablePrinter.Form.Fitting(14));
    printer.row(List.of("1", "a text that is longer"));
    printer.finish();
    assertThat(printed())
        .isEqualTo(
            """
            ── row 1 ─────
            n    │ 1
            text │ a text that is longer
            """);
  }

  @Test
  void oneWideColumnNeedsNoFrame() {
    var printer =
        new TablePrinter(
            out, List.of("plan"), new boolean[] {false}, new TablePrinter.Form.Fitting(8));
    printer.row(List.of("  a long line"));
    printer.finish();
    assertThat(printed()).isEqualTo("plan\n────\n  a long line\n");
  }

  @Test
  void wideCharactersTakeTwoPlaces() {
    assertThat(CellText.width("日本e\u0301")).isEqualTo(5);
    assertThat(CellText.cut("日本語です", 5)).isEqualTo("日本…");
  }

  private TablePrinter printer(TablePrinter.Form form) {
    return new TablePrinter(out, List.of("n", "text"), new boolean[] {true, false}, form);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
