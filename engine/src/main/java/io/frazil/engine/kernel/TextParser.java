package io.frazil.engine.kernel;

/// Reads numbers out of UTF-8. One thread's: [#value] is what the last call has read.
final class TextParser {
  /// What was found.
  enum Result {
    VALUE,
    OUT_OF_RANGE,
    NOT_A_VALUE
  }

  private long value;

  long value() {
    return value;
  }

  /// An integer with an optional sign, spaces around it.
  Result integer(byte[] bytes, int start, int length) {
    int from = start;
    int end = start + length;
    while (from < end && isSpace(bytes[from])) {
      from++;
    }
    while (from < end && isSpace(bytes[end - 1])) {
      end--;
    }
    boolean isNegative = from < end && bytes[from] == '-';
    if (isNegative || (from < end && bytes[from] == '+')) {
      from++;
    }
    return from == end ? Result.NOT_A_VALUE : digits(bytes, from, end, isNegative);
  }

  /// Counts downwards, as the smallest long has no opposite.
  private Result digits(byte[] bytes, int from, int end, boolean isNegative) {
    long minus = 0;
    boolean isTooGreat = false;
    for (int i = from; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return Result.NOT_A_VALUE;
      }
      isTooGreat |= minus < Long.MIN_VALUE / 10 || minus * 10 < Long.MIN_VALUE + digit;
      minus = minus * 10 - digit;
    }
    value = isNegative ? minus : -minus;
    return isTooGreat || (!isNegative && minus == Long.MIN_VALUE)
        ? Result.OUT_OF_RANGE
        : Result.VALUE;
  }

  static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }
}
