package io.frazil.engine.function.scalar;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.kernel.Calendar;
import java.util.Locale;

/// A part of a date or a timestamp: what it is, and the start of the one that a time lies in.
enum DateField {
  YEAR,
  QUARTER,
  MONTH,
  /// Of ISO 8601.
  WEEK,
  DAY,
  /// 0 (Sunday) to 6.
  DOW,
  /// 1 (Monday) to 7.
  ISODOW,
  /// 1 to 366.
  DOY,
  HOUR,
  MINUTE,
  SECOND,
  /// With the seconds of the minute.
  MILLISECOND,
  /// With the seconds of the minute.
  MICROSECOND,
  /// Seconds since 1970-01-01T00:00:00.
  EPOCH;

  private static final long MONDAY = 3;

  /// @throws FrazilException INVALID_ARGUMENT where there is no such field
  static DateField of(String name) {
    String upper = name.strip().toUpperCase(Locale.ROOT);
    for (DateField field : values()) {
      if (upper.equals(field.name()) || upper.equals(field.name() + "S")) {
        return field;
      }
    }
    throw new FrazilException(
        ErrorCode.INVALID_ARGUMENT,
        ("'%s' is no part of a date: use year, quarter, month, week, day, dow, isodow, doy, hour,"
                + " minute, second, millisecond, microsecond or epoch")
            .formatted(name));
  }

  /// @param value in units of 1/`unitsPerSecond` seconds
  long part(long value, long unitsPerSecond) {
    long unitsPerDay = Calendar.SECONDS_PER_DAY * unitsPerSecond;
    long day = Math.floorDiv(value, unitsPerDay);
    return switch (this) {
      case YEAR, QUARTER, MONTH, WEEK, DAY, DOW, ISODOW, DOY -> ofDay(day);
      case HOUR -> Math.floorMod(value, unitsPerDay) / (3600 * unitsPerSecond);
      case MINUTE -> Math.floorMod(value, 3600 * unitsPerSecond) / (60 * unitsPerSecond);
      case SECOND -> Math.floorMod(value, 60 * unitsPerSecond) / unitsPerSecond;
      case MILLISECOND -> Math.floorMod(value, 60 * unitsPerSecond) / (unitsPerSecond / 1_000);
      case MICROSECOND -> Math.floorMod(value, 60 * unitsPerSecond) / (unitsPerSecond / 1_000_000);
      case EPOCH -> Math.floorDiv(value, unitsPerSecond);
    };
  }

  /// The same of a date.
  long ofDay(long day) {
    return switch (this) {
      case YEAR -> Calendar.year(day);
      case QUARTER -> (Calendar.month(day) + 2) / 3;
      case MONTH -> Calendar.month(day);
      case WEEK -> Calendar.week(day);
      case DAY -> Calendar.dayOfMonth(day);
      case DOW -> Calendar.dayOfWeek(day);
      case ISODOW -> (Calendar.dayOfWeek(day) + 6) % 7 + 1;
      case DOY -> Calendar.dayOfYear(day);
      case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND -> 0;
      case EPOCH -> day * Calendar.SECONDS_PER_DAY;
    };
  }

  /// The start of the year, month, ... that a time lies in.
  long truncate(long value, long unitsPerSecond) {
    long unitsPerDay = Calendar.SECONDS_PER_DAY * unitsPerSecond;
    return switch (this) {
      case HOUR -> value - Math.floorMod(value, 3600 * unitsPerSecond);
      case MINUTE -> value - Math.floorMod(value, 60 * unitsPerSecond);
      case SECOND, EPOCH -> value - Math.floorMod(value, unitsPerSecond);
      case MILLISECOND -> value - Math.floorMod(value, unitsPerSecond / 1_000);
      case MICROSECOND -> value - Math.floorMod(value, unitsPerSecond / 1_000_000);
      case YEAR, QUARTER, MONTH, WEEK, DAY, DOW, ISODOW, DOY ->
          truncateDay(Math.floorDiv(value, unitsPerDay)) * unitsPerDay;
    };
  }

  /// The same of a date.
  long truncateDay(long day) {
    return switch (this) {
      case YEAR -> Calendar.day(Calendar.year(day), 1, 1);
      case QUARTER -> Calendar.day(Calendar.year(day), (Calendar.month(day) - 1) / 3 * 3 + 1, 1);
      case MONTH -> Calendar.day(Calendar.year(day), Calendar.month(day), 1);
      case WEEK -> day - Math.floorMod(day + MONDAY, 7L);
      case DAY, DOW, ISODOW, DOY -> day;
      case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, EPOCH -> day;
    };
  }
}
