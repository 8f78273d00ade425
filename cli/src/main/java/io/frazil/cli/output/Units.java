package io.frazil.cli.output;

import java.util.Locale;

/// Numbers for people: `1.2 MB`, `3.45 s`, `12,345`.
public final class Units {
  private static final String[] SIZES = {"B", "kB", "MB", "GB", "TB", "PB"};

  private Units() {}

  /// Decimal units, as file sizes and prices are counted.
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < SIZES.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, SIZES[unit]);
  }

  public static String seconds(long nanos) {
    double seconds = nanos / 1e9;
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
    }
    return seconds < 120
        ? String.format(Locale.ROOT, "%.2f s", seconds)
        : String.format(Locale.ROOT, "%d:%02d min", (int) seconds / 60, (int) seconds % 60);
  }

  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// `1 row`, `2 rows`.
  public static String rows(long rows) {
    return count(rows) + (rows == 1 ? " row" : " rows");
  }
}
