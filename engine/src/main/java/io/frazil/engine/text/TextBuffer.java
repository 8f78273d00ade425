package io.frazil.engine.text;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.vector.Int128Vector;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// UTF-8 text that grows: values are formatted straight into its bytes, most without an object.
public final class TextBuffer {
  private static final int SECONDS_PER_DAY = 86_400;

  /// The longest array that every JVM allocates.
  private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  /// Of ten, all that a long holds.
  private static final long[] POWERS = new long[19];

  /// The two digits of 0 to 99, one after the other.
  private static final byte[] PAIRS = new byte[200];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
    for (int i = 0; i < 100; i++) {
      PAIRS[2 * i] = (byte) ('0' + i / 10);
      PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
    }
  }

  private byte[] bytes = new byte[1024];
  private int size;

  public byte[] bytes() {
    return bytes;
  }

  public int size() {
    return size;
  }

  /// Forgets what stands behind `newSize`.
  public void truncate(int newSize) {
    assert newSize <= size : "a buffer is not truncated to more";
    size = newSize;
  }

  /// Writes everything out and begins anew.
  public void drainTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
    size = 0;
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  /// One ASCII character.
  public TextBuffer append(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  public TextBuffer append(String text) {
    int length = text.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return append(utf8, 0, utf8.length);
      }
      bytes[size + i] = (byte) c;
    }
    size += length;
    return this;
  }

  public TextBuffer append(byte[] utf8, int start, int length) {
    reserve(length);
    System.arraycopy(utf8, start, bytes, size, length);
    size += length;
    return this;
  }

  public TextBuffer appendLong(long value) {
    if (value < 0) {
      append('-');
    }
    long negative = value < 0 ? value : -value;
    return appendDigits(negative, digits(negative));
  }

  /// `unscaled` · 10^-`scale` with all digits of the scale.
  public TextBuffer appendDecimal(long unscaled, int scale) {
    if (scale == 0) {
      return appendLong(unscaled);
    }
    if (unscaled < 0) {
      append('-');
    }
    long negative = unscaled < 0 ? unscaled : -unscaled;
    if (scale >= POWERS.length) {
      return append("0.").appendDigits(negative, scale);
    }
    long whole = negative / POWERS[scale];
    appendDigits(whole, digits(whole)).append('.');
    return appendDigits(negative - whole * POWERS[scale], scale);
  }

  /// The same of 128 bits.
  public TextBuffer appendDecimal(long high, long low, int scale) {
    if (high == low >> (Long.SIZE - 1)) {
      return appendDecimal(low, scale);
    }
    return append(new BigDecimal(Int128Vector.big(high, low), scale).toPlainString());
  }

  public TextBuffer appendDouble(double value) {
    return FloatingText.append(value, this);
  }

  /// A REAL: fewer digits tell floats apart.
  public TextBuffer appendFloat(float value) {
    return FloatingText.append(value, this);
  }

  /// `2024-01-31`.
  ///
  /// @param day since 1970-01-01
  public TextBuffer appendDate(long day) {
    // Years that begin on the first of March have the leap day last; eras are their 400-year
    // cycles.
    long shifted = day + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    int dayOfEra = (int) (shifted - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    appendYear(year);
    append('-').appendDigits(-month, 2).append('-');
    return appendDigits(-(dayOfYear - (153L * monthFromMarch + 2) / 5 + 1), 2);
  }

  /// `2024-01-31 12:34:56.789`.
  ///
  /// @param units since 1970-01-01
  /// @param unitsPerSecond a power of ten
  /// @param separator between date and time
  public TextBuffer appendTimestamp(long units, long unitsPerSecond, char separator) {
    long seconds = Math.floorDiv(units, unitsPerSecond);
    long fraction = Math.floorMod(units, unitsPerSecond);
    appendDate(Math.floorDiv(seconds, SECONDS_PER_DAY)).append(separator);
    int second = Math.floorMod(seconds, SECONDS_PER_DAY);
    appendDigits(-(second / 3600), 2).append(':');
    appendDigits(-(second / 60 % 60), 2).append(':');
    appendDigits(-(second % 60), 2);
    if (fraction != 0) {
      int width = digits(-unitsPerSecond) - 1;
      while (fraction % 10 == 0) {
        fraction /= 10;
        width--;
      }
      append('.').appendDigits(-fraction, width);
    }
    return this;
  }

  private void appendYear(long year) {
    if (year < 0 || year > 9999) {
      append(year < 0 ? '-' : '+');
    }
    long negative = year < 0 ? year : -year;
    appendDigits(negative, Math.max(4, digits(negative)));
  }

  /// The digits of -`negative`, with zeros before them up to `width`. Negative numbers reach
  /// further than positive ones.
  TextBuffer appendDigits(long negative, int width) {
    reserve(width);
    long rest = negative;
    int at = size + width;
    while (at - size >= 2) {
      long hundreds = rest / 100;
      int pair = (int) (hundreds * 100 - rest) * 2;
      bytes[--at] = PAIRS[pair + 1];
      bytes[--at] = PAIRS[pair];
      rest = hundreds;
    }
    if (at > size) {
      bytes[--at] = (byte) ('0' - rest % 10);
    }
    size += width;
    return this;
  }

  /// How many digits a number that is not positive has.
  static int digits(long negative) {
    long power = -10;
    for (int digits = 1; digits < 19; digits++) {
      if (negative > power) {
        return digits;
      }
      power *= 10;
    }
    return 19;
  }

  private void reserve(int more) {
    long needed = (long) size + more;
    if (needed > MAX_SIZE) {
      throw new FrazilException(ErrorCode.MEMORY_LIMIT, "The text of one batch exceeds 2 GB");
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.clamp(bytes.length * 2L, needed, MAX_SIZE));
    }
  }
}
