package io.frazil.engine.function.scalar;

import io.frazil.engine.kernel.Positions;
import io.frazil.engine.kernel.Text;
import io.frazil.engine.kernel.TextBuilder;
import io.frazil.engine.vector.StringVector;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Texts in upper or lower case: a byte at a time where all is ASCII, by Unicode's rules where it
/// isn't. One thread's; a result is valid until the next.
final class CaseFolding {
  private enum To {
    UPPER,
    LOWER,
    EACH_LOWER
  }

  private final To to;
  private final TextBuilder out = new TextBuilder();

  private CaseFolding(To to) {
    this.to = to;
  }

  static CaseFolding toUpper() {
    return new CaseFolding(To.UPPER);
  }

  static CaseFolding toLower() {
    return new CaseFolding(To.LOWER);
  }

  /// Each code point for itself, wherever in a word it stands: as many come out as went in.
  static CaseFolding eachToLower() {
    return new CaseFolding(To.EACH_LOWER);
  }

  StringVector apply(StringVector texts, Positions rows) {
    out.start(texts.length());
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      int start = texts.starts()[p];
      int length = texts.lengths()[p];
      if (Text.isAscii(texts.bytes(), start, length)) {
        ascii(texts.bytes(), start, length);
      } else {
        byte[] bytes = folded(texts.text(p)).getBytes(StandardCharsets.UTF_8);
        out.append(bytes, 0, bytes.length);
      }
      out.end(p);
    }
    return out.vector(texts.validity());
  }

  private String folded(String text) {
    return switch (to) {
      case UPPER -> text.toUpperCase(Locale.ROOT);
      case LOWER -> text.toLowerCase(Locale.ROOT);
      case EACH_LOWER -> {
        int[] points = text.codePoints().map(Character::toLowerCase).toArray();
        yield new String(points, 0, points.length);
      }
    };
  }

  private void ascii(byte[] bytes, int start, int length) {
    out.append(bytes, start, length);
    byte[] target = out.bytes();
    int end = out.size();
    char from = to == To.UPPER ? 'a' : 'A';
    for (int i = end - length; i < end; i++) {
      boolean isLetter = target[i] >= from && target[i] <= from + 25;
      target[i] ^= (byte) (isLetter ? 0x20 : 0);
    }
  }
}
