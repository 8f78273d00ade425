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
  private final boolean toUpper;
  private final TextBuilder out = new TextBuilder();

  private CaseFolding(boolean toUpper) {
    this.toUpper = toUpper;
  }

  static CaseFolding toUpper() {
    return new CaseFolding(true);
  }

  static CaseFolding toLower() {
    return new CaseFolding(false);
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
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
        String text = texts.text(p);
        String folded = toUpper ? text.toUpperCase(Locale.ROOT) : lower(text);
        byte[] bytes = folded.getBytes(StandardCharsets.UTF_8);
        out.append(bytes, 0, bytes.length);
      }
      out.end(p);
    }
    return out.vector(texts.validity());
  }

  private void ascii(byte[] bytes, int start, int length) {
    out.append(bytes, start, length);
    byte[] target = out.bytes();
    int end = out.size();
    char from = toUpper ? 'a' : 'A';
    for (int i = end - length; i < end; i++) {
      boolean isLetter = target[i] >= from && target[i] <= from + 25;
      target[i] ^= (byte) (isLetter ? 0x20 : 0);
    }
  }
}
