package io.frazil.cli.output;

import org.jspecify.annotations.Nullable;

/// Values on one line of a terminal.
final class CellText {
  private CellText() {}

  /// The text of a cell: control characters are shown, not sent to the terminal.
  static String of(@Nullable String value) {
    if (value == null) {
      return "NULL";
    }
    if (value.chars().noneMatch(Character::isISOControl)) {
      return value;
    }
    var text = new StringBuilder(value.length());
    value
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> text.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c);
          }
        });
    return text.toString();
  }

  /// The text, or as much of it as goes into so many terminal cells, with a mark that there is
  /// more.
  static String cut(String text, int width) {
    if (text.length() <= width / 2 || width(text) <= width) {
      return text;
    }
    int used = 0;
    int end = 0;
    while (used + width(text.codePointAt(end)) < width) {
      used += width(text.codePointAt(end));
      end += Character.charCount(text.codePointAt(end));
    }
    return text.substring(0, end) + "…";
  }

  /// How many terminal cells a text takes: two for wide East Asian characters and emoji, none for
  /// combining marks.
  static int width(String text) {
    return text.codePoints().map(CellText::width).sum();
  }

  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        (codePoint >= 0x1100 && codePoint <= 0x115F)
            || (codePoint >= 0x2E80 && codePoint <= 0xA4CF)
            || (codePoint >= 0xAC00 && codePoint <= 0xD7A3)
            || (codePoint >= 0xF900 && codePoint <= 0xFAFF)
            || (codePoint >= 0xFE30 && codePoint <= 0xFE6F)
            || (codePoint >= 0xFF00 && codePoint <= 0xFF60)
            || (codePoint >= 0xFFE0 && codePoint <= 0xFFE6)
            || (codePoint >= 0x1F300 && codePoint <= 0x1FAFF)
            || (codePoint >= 0x20000 && codePoint <= 0x3FFFD);
    return wide ? 2 : 1;
  }
}
