package io.frazil.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What of a line the completion of names is about.
final class NameCompleterTest {
  @Test
  void nameEndsAtTheCursorAndBeginsAfterASign() {
    assertThat(typed("select sum(l_ext|) from t").word()).isEqualTo("l_ext");
    assertThat(typed("select a,b.c|").word()).isEqualTo("b.c");
    assertThat(typed("select a, |").word()).isEmpty();
    assertThat(typed("\\ti|").word()).isEqualTo("\\ti");
  }

  @Test
  void wordBeforeItIsKnown() {
    assertThat(typed("select * from  ord|").before()).isEqualTo("from");
    assertThat(typed("\\d ord|").before()).isEqualTo("\\d");
    assertThat(typed("select sum(l_ext|").before()).isEqualTo("(");
    assertThat(typed("sel|").before()).isEmpty();
  }

  private static StatementParser.Typed typed(String lineWithCursor) {
    int cursor = lineWithCursor.indexOf('|');
    return StatementParser.Typed.at(lineWithCursor.replace("|", ""), cursor);
  }
}
