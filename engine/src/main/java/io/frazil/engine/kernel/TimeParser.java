package io.frazil.engine.kernel;

/// Reads dates and timestamps out of UTF-8: `2024-2-9`, `2024-02-09 12:30`,
/// `2024-02-09T12:30:00.123456789+01:00`, spaces around them. One thread's: what the last
/// successful [#parse] has read is [#day] and the time of that day in UTC.
final class TimeParser {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int YEAR_DIGITS = 7;

  private byte[] bytes = {};
  private int at;
  private int end;
  private long day;
  private long secondOfDay;
  private long nanoOfSecond;

  long day() {
    return day;
  }

  /// Less than a day, except that a zone may lead into the day before or behind.
  long secondOfDay() {
    return secondOfDay;
  }

  long nanoOfSecond() {
    return nanoOfSecond;
  }

  /// @return whether it is a date, alone or with a time
  boolean parse(byte[] bytes, int start, int length) {
    this.bytes = bytes;
    at = start;
    end = start + length;
    while (at < end && TextParser.isSpace(bytes[at])) {
      at++;
    }
    while (at < end && TextParser.isSpace(bytes[end - 1])) {
      end--;
    }
    secondOfDay = 0;
    nanoOfSecond = 0;
    if (!date()) {
      return false;
    }
    if (at == end) {
      return true;
    }
    return (skip('T') || skip('t') || skip(' ')) && time() && zone() && at == end;
  }

  private boolean date() {
    boolean isNegative = !skip('+') && skip('-');
    int yearStart = at;
    long year = number(YEAR_DIGITS);
    if (at - yearStart < 4 || !skip('-')) {
      return false;
    }
    int month = number(2);
    if (month < 1 || month > 12 || !skip('-')) {
      return false;
    }
    int dayOfMonth = number(2);
    long signed = isNegative ? -year : year;
    if (dayOfMonth < 1 || dayOfMonth > Calendar.daysInMonth(signed, month)) {
      return false;
    }
    day = Calendar.day(signed, month, dayOfMonth);
    return true;
  }

  private boolean time() {
    int hour = number(2);
    if (hour < 0 || hour > 23 || !skip(':')) {
      return false;
    }
    int minute = number(2);
    if (minute < 0 || minute > 59) {
      return false;
    }
    int second = skip(':') ? number(2) : 0;
    if (second < 0 || second > 59) {
      return false;
    }
    secondOfDay = hour * 3600L + minute * 60L + second;
    return !skip('.') || fraction();
  }

  private boolean fraction() {
    int start = at;
    int digits = number(9);
    if (digits < 0) {
      return false;
    }
    nanoOfSecond = digits * (NANOS_PER_SECOND / Int128.power(at - start));
    while (at < end && isDigit(bytes[at])) {
      at++;
    }
    return true;
  }

  private boolean zone() {
    if (at == end || skip('Z') || skip('z')) {
      return true;
    }
    boolean isWest = skip('-');
    if (!isWest && !skip('+')) {
      return false;
    }
    int hours = number(2);
    boolean hasMinutes = skip(':') || at < end;
    int minutes = hasMinutes ? number(2) : 0;
    if (hours < 0 || hours > 15 || minutes < 0 || minutes > 59) {
      return false;
    }
    long offset = hours * 3600L + minutes * 60L;
    secondOfDay += isWest ? offset : -offset;
    return true;
  }

  /// The number that starts here, of at most so many digits; -1 where there is none.
  private int number(int maxDigits) {
    int value = 0;
    int start = at;
    while (at < end && at - start < maxDigits && isDigit(bytes[at])) {
      value = value * 10 + bytes[at] - '0';
      at++;
    }
    return at == start ? -1 : value;
  }

  private boolean skip(char c) {
    boolean is = at < end && bytes[at] == c;
    at += is ? 1 : 0;
    return is;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
