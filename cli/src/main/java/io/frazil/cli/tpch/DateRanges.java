package io.frazil.cli.tpch;

import java.time.LocalDate;

/// The ranges of months into which a table's dates are laid out: a file each. Ranges begin with a
/// month, so that queries over a month, a quarter or a year read few files.
///
/// @param months how many a range has
record DateRanges(int months) {
  private static final int FIRST_YEAR = 1992;
  private static final int MONTHS_PER_YEAR = 12;

  /// 1992 to 1998.
  private static final int ALL_MONTHS = 7 * MONTHS_PER_YEAR;

  /// A year, half of one: each file that is open takes memory, so there are no more of them.
  private static final int[] USUAL_MONTHS = {12, 6};

  /// A file of fewer rows isn't worth its opening.
  private static final long ROWS_MIN = 150_000;

  /// As short as leaves each range enough rows, half a year or a year.
  static DateRanges forRows(long rows) {
    int months = USUAL_MONTHS[0];
    for (int shorter : USUAL_MONTHS) {
      if (rows / (ALL_MONTHS / shorter) >= ROWS_MIN) {
        months = shorter;
      }
    }
    return new DateRanges(months);
  }

  /// At most `files` ranges, as many as months allow.
  static DateRanges forFiles(int files) {
    return new DateRanges(Math.ceilDiv(ALL_MONTHS, Math.min(files, ALL_MONTHS)));
  }

  int count() {
    return Math.ceilDiv(ALL_MONTHS, months);
  }

  /// The range of a day since 1970-01-01.
  int range(int day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    int month = (date.getYear() - FIRST_YEAR) * MONTHS_PER_YEAR + date.getMonthValue() - 1;
    return month / months;
  }
}
