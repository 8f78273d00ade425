package io.frazil.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.error.FrazilException.Position;
import org.junit.jupiter.api.Test;

/// The caret stands under the place.
final class SourceExcerptTest {
  @Test
  void lineOfThePlaceIsShown() {
    assertThat(SourceExcerpt.lines("a\n\tbc d\ne", new Position(2, 5), 80))
        .containsExactly("   bc d", "      ^");
  }

  @Test
  void wideCharactersMoveTheCaret() {
    assertThat(SourceExcerpt.lines("'日本' x", new Position(1, 6), 80))
        .containsExactly("  '日本' x", "         ^");
  }

  @Test
  void longLinesAreShownAroundThePlace() {
    String line = "x".repeat(100) + "HERE" + "y".repeat(100);
    assertThat(SourceExcerpt.lines(line, new Position(1, 101), 34))
        .containsExactly(
            "  …" + "x".repeat(14) + "HERE" + "y".repeat(10) + "…", "  " + " ".repeat(15) + "^");
  }

  @Test
  void placeBeyondTheTextHasNoLine() {
    assertThat(SourceExcerpt.lines("a", new Position(2, 1), 80)).isEmpty();
  }
}
