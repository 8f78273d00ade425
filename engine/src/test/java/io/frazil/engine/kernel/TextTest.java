package io.frazil.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// [Text] and [LikePattern] against Java's strings and regular expressions.
class TextTest {
  private static final int ROUNDS = 20_000;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  /// Text in the middle of other bytes, which nothing may look at.
  private record Slice(String text, byte[] bytes, int start, int length) {
    int end() {
      return start + length;
    }

    static Slice of(String text, Random random) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      int start = random.nextInt(5);
      byte[] bytes = new byte[start + utf8.length + random.nextInt(3)];
      Arrays.fill(bytes, (byte) 'a');
      System.arraycopy(utf8, 0, bytes, start, utf8.length);
      return new Slice(text, bytes, start, utf8.length);
    }

    /// The byte at which a character of the string begins.
    int at(int character) {
      int units = text.offsetByCodePoints(0, character);
      return start + text.substring(0, units).getBytes(StandardCharsets.UTF_8).length;
    }
  }

  private Slice slice() {
    return Slice.of(RandomRows.text(random, random.nextBoolean() ? 6 : 60), random);
  }

  @Test
  void charactersAreCodePoints() {
    for (int i = 0; i < ROUNDS; i++) {
      Slice s = slice();
      int characters = s.text().codePointCount(0, s.text().length());
      assertThat(Text.characters(s.bytes(), s.start(), s.length()))
          .as("seed %d: '%s'", seed, s.text())
          .isEqualTo(characters);
      assertThat(Text.isAscii(s.bytes(), s.start(), s.length()))
          .as("seed %d: '%s'", seed, s.text())
          .isEqualTo(s.text().chars().allMatch(c -> c < 128));
    }
  }

  @Test
  void skippingGoesByCodePoints() {
    for (int i = 0; i < ROUNDS; i++) {
      Slice s = slice();
      int characters = s.text().codePointCount(0, s.text().length());
      int some = random.nextInt(characters + 3);
      assertThat(Text.skip(s.bytes(), s.start(), s.end(), some))
          .as("seed %d: %d of '%s'", seed, some, s.text())
          .isEqualTo(some >= characters ? s.end() : s.at(some));
      assertThat(Text.skipBack(s.bytes(), s.start(), s.end(), some))
          .as("seed %d: %d of '%s'", seed, some, s.text())
          .isEqualTo(some > characters ? -1 : s.at(characters - some));
    }
  }

  @Test
  void findGivesTheFirstPlace() {
    for (int i = 0; i < ROUNDS; i++) {
      Slice s = slice();
      String needle = RandomRows.text(random, 3);
      int from = random.nextInt(s.text().codePointCount(0, s.text().length()) + 1);
      int at = s.text().indexOf(needle, s.text().offsetByCodePoints(0, from));
      byte[] utf8 = needle.getBytes(StandardCharsets.UTF_8);
      assertThat(Text.find(s.bytes(), s.at(from), s.end(), utf8))
          .as("seed %d: '%s' in '%s' from %d", seed, needle, s.text(), from)
          .isEqualTo(at < 0 ? -1 : s.at(s.text().codePointCount(0, at)));
    }
  }

  @Test
  void equalLooksAtTheSliceAlone() {
    for (int i = 0; i < ROUNDS; i++) {
      Slice a = Slice.of(RandomRows.text(random, 2), random);
      Slice b = Slice.of(RandomRows.text(random, 2), random);
      if (a.length() == b.length()) {
        assertThat(Text.equal(a.bytes(), a.start(), b.bytes(), b.start(), a.length()))
            .as("seed %d: '%s' and '%s'", seed, a.text(), b.text())
            .isEqualTo(a.text().equals(b.text()));
      }
    }
  }

  @Test
  void likeIsARegularExpression() {
    for (int i = 0; i < 3 * ROUNDS; i++) {
      Slice s = Slice.of(RandomRows.text(random, random.nextBoolean() ? 4 : 14), random);
      String pattern = RandomRows.text(random, 7);
      boolean isEscaped = random.nextBoolean() && !pattern.endsWith("x");
      LikePattern like = LikePattern.of(pattern, isEscaped ? 'x' : LikePattern.NO_ESCAPE);
      assertThat(like.matches(s.bytes(), s.start(), s.length()))
          .as("seed %d: '%s' like '%s' escape %s", seed, s.text(), pattern, isEscaped)
          .isEqualTo(regex(pattern, isEscaped).matcher(s.text()).matches());
    }
  }

  private static Pattern regex(String pattern, boolean isEscaped) {
    var regex = new StringBuilder();
    boolean isLiteral = false;
    for (int point : pattern.codePoints().toArray()) {
      if (!isLiteral && isEscaped && point == 'x') {
        isLiteral = true;
        continue;
      }
      String quoted = Pattern.quote(Character.toString(point));
      regex.append(isLiteral ? quoted : point == '%' ? ".*" : point == '_' ? "." : quoted);
      isLiteral = false;
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
