package io.frazil.engine.function.scalar;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.function.scalar.StrictFunction.WholeRow;
import io.frazil.engine.kernel.Calendar;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.util.ArrayList;
import java.util.List;

/// Calendar arithmetic: what the planner makes of `date + interval`, and parts of dates.
final class DateFunctions {
  private static final long FAR = 1L << 33;

  private DateFunctions() {}

  static List<ScalarFunction> all() {
    var functions = new ArrayList<>(DateFunction.all());
    functions.add(
        fixed("date_add_days", Types.DATE, DateFunctions::addDays, Types.DATE, Types.BIGINT));
    functions.add(
        fixed(
            "date_diff_days",
            Types.BIGINT,
            (a, p) -> a.whole(0, p) - a.whole(1, p),
            Types.DATE,
            Types.DATE));
    functions.add(new TimeShiftFunction("date_add_months", true));
    functions.add(new TimeShiftFunction("timestamp_add_micros", false));
    return functions;
  }

  private static StrictFunction fixed(
      String name, DataType result, WholeRow row, DataType... parameters) {
    return new StrictFunction(name, List.of(parameters), parameters.length, result, true, row);
  }

  private static long addDays(Arguments arguments, int p) {
    long day = arguments.whole(0, p);
    long days = arguments.whole(1, p);
    return date(isFar(days) ? Long.MAX_VALUE : day + days);
  }

  /// The day, checked.
  static long date(long day) {
    if (day != (int) day) {
      throw outOfRange("date");
    }
    return day;
  }

  /// A date by months.
  static long addMonths(long day, long months) {
    if (isFar(months)) {
      throw outOfRange("date");
    }
    return date(Calendar.addMonths(day, months));
  }

  /// A timestamp by months: the time of day stays.
  static long addMonths(long value, long months, long unitsPerSecond) {
    long unitsPerDay = Calendar.SECONDS_PER_DAY * unitsPerSecond;
    if (isFar(months)) {
      throw outOfRange("timestamp");
    }
    long day = Calendar.addMonths(Math.floorDiv(value, unitsPerDay), months);
    try {
      return Math.addExact(Math.multiplyExact(day, unitsPerDay), Math.floorMod(value, unitsPerDay));
    } catch (ArithmeticException e) {
      throw outOfRange("timestamp");
    }
  }

  /// A timestamp by microseconds.
  static long addMicros(long value, long micros, long unitsPerSecond) {
    try {
      return Math.addExact(value, Math.multiplyExact(micros, unitsPerSecond / 1_000_000L));
    } catch (ArithmeticException e) {
      throw outOfRange("timestamp");
    }
  }

  /// Whether adding it leaves the range of all dates, so that it need not be tried.
  private static boolean isFar(long distance) {
    return distance < -FAR || distance > FAR;
  }

  private static FrazilException outOfRange(String type) {
    return new FrazilException(
        ErrorCode.NUMERIC_OVERFLOW, "The result is out of range for " + type);
  }
}
