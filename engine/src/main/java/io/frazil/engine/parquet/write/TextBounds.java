package io.frazil.engine.parquet.write;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Shortens the bounds of long text, at whole code points, so that they stay bounds: a prefix is
/// never greater than the text, and a prefix with its last code point raised never less.
final class TextBounds {
  static final int MAX_BYTES = 64;

  private TextBounds() {}

  static byte[] lower(byte[] utf8) {
    return utf8.length <= MAX_BYTES ? utf8 : Arrays.copyOf(utf8, cut(utf8));
  }

  /// Null where there is no short upper bound.
  static byte @Nullable [] upper(byte[] utf8) {
    if (utf8.length <= MAX_BYTES) {
      return utf8;
    }
    int[] codePoints =
        new String(utf8, 0, cut(utf8), StandardCharsets.UTF_8).codePoints().toArray();
    for (int last = codePoints.length - 1; last >= 0; last--) {
      int next = successor(codePoints[last]);
      if (next <= Character.MAX_CODE_POINT) {
        codePoints[last] = next;
        return new String(codePoints, 0, last + 1).getBytes(StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  private static int successor(int codePoint) {
    int next = codePoint + 1;
    return next == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : next;
  }

  // The last start of a code point at or before the limit.
  private static int cut(byte[] utf8) {
    int end = MAX_BYTES;
    while (end > 0 && (utf8[end] & 0xC0) == 0x80) {
      end--;
    }
    return end;
  }
}
