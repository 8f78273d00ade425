package io.frazil.engine.kernel;

import io.frazil.engine.expression.Expression.OnError;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;

/// To dates and timestamps. What is more precise is cut down to the unit it lies in; wall clocks
/// are taken as UTC.
final class CastToTime extends Cast {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private final TimeParser parser = new TimeParser();
  private final long units;

  CastToTime(DataType from, DataType to, OnError onError) {
    super(from, to, onError);
    units = unitsPerSecond(to);
  }

  private static long unitsPerSecond(DataType type) {
    return type instanceof DataType.Timestamp timestamp ? timestamp.unitsPerSecond() : 0;
  }

  @Override
  Vector convert(Vector flat, Positions rows) {
    return switch (flat) {
      case StringVector v -> texts(v, rows);
      case IntVector v -> to == Types.DATE ? v : days(v, rows);
      case LongVector v -> to == Types.DATE ? toDays(v, rows) : units(v, rows);
      case Vector v -> throw new AssertionError("no time: " + v.type().text());
    };
  }

  private Vector days(IntVector v, Positions rows) {
    long[] out = scratch.longs(v.length());
    long unitsPerDay = Calendar.SECONDS_PER_DAY * units;
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      long day = v.values()[p];
      out[p] = day * unitsPerDay;
      if (Math.multiplyHigh(day, unitsPerDay) != out[p] >> 63) {
        out[p] = 0;
        failOutOfRange(p, v.length(), "date " + text(v, p));
      }
    }
    return new LongVector(to, out, v.length(), validity());
  }

  private Vector toDays(LongVector v, Positions rows) {
    int[] out = scratch.ints(v.length());
    long unitsPerDay = Calendar.SECONDS_PER_DAY * unitsPerSecond(from);
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      out[p] = (int) Math.floorDiv(v.values()[p], unitsPerDay);
    }
    return new IntVector(to, out, v.length(), v.validity());
  }

  private Vector units(LongVector v, Positions rows) {
    long fromUnits = unitsPerSecond(from);
    if (fromUnits == units) {
      return v.withType(to);
    }
    long[] out = scratch.longs(v.length());
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      long value = v.values()[p];
      if (fromUnits > units) {
        out[p] = Math.floorDiv(value, fromUnits / units);
        continue;
      }
      long factor = units / fromUnits;
      out[p] = value * factor;
      if (Math.multiplyHigh(value, factor) != out[p] >> 63) {
        out[p] = 0;
        failOutOfRange(p, v.length(), "a timestamp of " + value + " microseconds");
      }
    }
    return new LongVector(to, out, v.length(), validity());
  }

  private Vector texts(StringVector v, Positions rows) {
    int length = v.length();
    boolean isDate = to == Types.DATE;
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      boolean isNull = rows.isNull(p);
      boolean isTime = !isNull && parser.parse(v.bytes(), v.starts()[p], v.lengths()[p]);
      if (isDate) {
        scratch.ints(length)[p] = isTime ? parsedDay(v, p) : 0;
      } else {
        scratch.longs(length)[p] = isTime ? parsedUnits(v, p) : 0;
      }
      if (!isTime && !isNull) {
        failToParse(p, length, v.text(p));
      }
    }
    return isDate
        ? new IntVector(to, scratch.ints(length), length, validity())
        : new LongVector(to, scratch.longs(length), length, validity());
  }

  private int parsedDay(StringVector v, int p) {
    long day = parser.day() + Math.floorDiv(parser.secondOfDay(), Calendar.SECONDS_PER_DAY);
    if (day != (int) day) {
      failTextOutOfRange(p, v.length(), v.text(p));
      return 0;
    }
    return (int) day;
  }

  private long parsedUnits(StringVector v, int p) {
    long seconds = parser.day() * Calendar.SECONDS_PER_DAY + parser.secondOfDay();
    long fraction = parser.nanoOfSecond() / (NANOS_PER_SECOND / units);
    // Counted from the second nearer to the epoch, the whole is in range where its part is.
    long whole = (seconds < 0 ? seconds + 1 : seconds) * units;
    long rest = seconds < 0 ? fraction - units : fraction;
    long value = whole + rest;
    boolean fits = Math.multiplyHigh(seconds < 0 ? seconds + 1 : seconds, units) == whole >> 63;
    if (!fits || ((whole ^ value) & (rest ^ value)) < 0) {
      failTextOutOfRange(p, v.length(), v.text(p));
      return 0;
    }
    return value;
  }
}
