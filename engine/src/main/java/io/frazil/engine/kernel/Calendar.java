package io.frazil.engine.kernel;

/// The proleptic Gregorian calendar over days since 1970-01-01, without objects: years are counted
/// from March in cycles of 400 (Hinnant, "chrono-compatible low-level date algorithms").
public final class Calendar {
  public static final long SECONDS_PER_DAY = 86_400;
  private static final int DAYS_PER_CYCLE = 146_097;
  private static final int DAYS_TO_EPOCH = 719_468;
  private static final int THURSDAY = 4;

  /// Enough to make every day that fits an int positive.
  private static final long CYCLES_AHEAD = 14_700;

  /// Times 2^32, rounded up.
  private static final long YEARS_PER_QUARTER_DAY = 2_939_745;

  /// The 306th day of a year from March, in the lower half of its year's multiple.
  private static final long JANUARY = 306 * 4 * YEARS_PER_QUARTER_DAY;

  private Calendar() {}

  /// The day of a year, month (1 to 12) and day of month.
  public static long day(long year, int month, int dayOfMonth) {
    long y = month <= 2 ? year - 1 : year;
    long cycle = Math.floorDiv(y, 400L);
    long yearOfCycle = y - cycle * 400;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1;
    long dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear;
    return cycle * DAYS_PER_CYCLE + dayOfCycle - DAYS_TO_EPOCH;
  }

  private static int dayOfCycle(long day) {
    return (int) Math.floorMod(day + DAYS_TO_EPOCH, (long) DAYS_PER_CYCLE);
  }

  private static int yearOfCycle(int dayOfCycle) {
    return (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365;
  }

  /// From the first of March.
  private static int dayOfMarchYear(int dayOfCycle) {
    int year = yearOfCycle(dayOfCycle);
    return dayOfCycle - (365 * year + year / 4 - year / 100);
  }

  /// The year of a day that fits an int, without a division by anything but a constant (Neri and
  /// Schneider, "Euclidean affine functions and their application to calendar algorithms").
  public static long year(long day) {
    long quarterDays = 4 * (day + DAYS_TO_EPOCH + CYCLES_AHEAD * DAYS_PER_CYCLE) + 3;
    long century = quarterDays / DAYS_PER_CYCLE;
    long ofCentury = quarterDays % DAYS_PER_CYCLE | 3;
    long scaled = YEARS_PER_QUARTER_DAY * ofCentury;
    long year = 100 * century + (scaled >>> 32) - 400 * CYCLES_AHEAD;
    return (scaled & 0xFFFF_FFFFL) >= JANUARY ? year + 1 : year;
  }

  public static void years(int[] days, Positions rows, long[] out) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      out[p] = rows.isNull(p) ? 0 : year(days[p]);
    }
  }

  /// 1 to 12.
  public static int month(long day) {
    int fromMarch = (5 * dayOfMarchYear(dayOfCycle(day)) + 2) / 153;
    return fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  }

  /// 1 to 31.
  public static int dayOfMonth(long day) {
    int dayOfYear = dayOfMarchYear(dayOfCycle(day));
    int fromMarch = (5 * dayOfYear + 2) / 153;
    return dayOfYear - (153 * fromMarch + 2) / 5 + 1;
  }

  /// 0 (Sunday) to 6.
  public static int dayOfWeek(long day) {
    return (int) Math.floorMod(day + THURSDAY, 7L);
  }

  /// 1 to 366.
  public static int dayOfYear(long day) {
    return (int) (day - day(year(day), 1, 1)) + 1;
  }

  /// ISO 8601: 1 to 53; week 1 has the year's first Thursday.
  public static int week(long day) {
    long thursday = day - Math.floorMod(day + 3, 7L) + 3;
    return (dayOfYear(thursday) - 1) / 7 + 1;
  }

  public static int daysInMonth(long year, int month) {
    return switch (month) {
      case 4, 6, 9, 11 -> 30;
      case 2 -> isLeap(year) ? 29 : 28;
      default -> 31;
    };
  }

  private static boolean isLeap(long year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /// The same day of another month, or its last where it has no such day.
  public static long addMonths(long day, long months) {
    long month = year(day) * 12 + month(day) - 1 + months;
    long year = Math.floorDiv(month, 12L);
    int monthOfYear = (int) Math.floorMod(month, 12L) + 1;
    return day(year, monthOfYear, Math.min(dayOfMonth(day), daysInMonth(year, monthOfYear)));
  }
}
