package io.frazil.engine.kernel;

/// Writes dates and timestamps: `2024-02-29`, `2024-02-29 12:30:00.5`.
final class TimeText {
  private TimeText() {}

  static void date(long day, TextBuilder out) {
    long year = Calendar.year(day);
    if (year < 0) {
      out.append((byte) '-');
    }
    digits(Math.abs(year), Math.max(4, Long.toString(Math.abs(year)).length()), out);
    out.append((byte) '-');
    digits(Calendar.month(day), 2, out);
    out.append((byte) '-');
    digits(Calendar.dayOfMonth(day), 2, out);
  }

  /// Without a fraction where that is zero, and without its trailing zeros.
  static void timestamp(long value, long unitsPerSecond, TextBuilder out) {
    long seconds = Math.floorDiv(value, unitsPerSecond);
    long fraction = Math.floorMod(value, unitsPerSecond);
    date(Math.floorDiv(seconds, Calendar.SECONDS_PER_DAY), out);
    long ofDay = Math.floorMod(seconds, Calendar.SECONDS_PER_DAY);
    out.append((byte) ' ');
    digits(ofDay / 3600, 2, out);
    out.append((byte) ':');
    digits(ofDay / 60 % 60, 2, out);
    out.append((byte) ':');
    digits(ofDay % 60, 2, out);
    if (fraction != 0) {
      int width = unitsPerSecond == 1_000_000L ? 6 : 9;
      while (fraction % 10 == 0) {
        fraction /= 10;
        width--;
      }
      out.append((byte) '.');
      digits(fraction, width, out);
    }
  }

  private static void digits(long value, int width, TextBuilder out) {
    long unit = Int128.power(width - 1);
    for (int i = 0; i < width; i++) {
      out.append((byte) ('0' + value / unit % 10));
      unit /= 10;
    }
  }
}
