package io.frazil.engine.kernel;

import io.frazil.engine.expression.Expression.OnError;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;

/// To the integers: decimals round half away from zero, doubles half to even.
final class CastToInteger extends Cast {
  private final boolean isLong;
  private final long min;
  private final long max;
  private final TextParser parser = new TextParser();

  CastToInteger(DataType from, DataType to, OnError onError) {
    super(from, to, onError);
    isLong = to.physical() == PhysicalType.LONG;
    min = Integers.min(to);
    max = Integers.max(to);
  }

  @Override
  Vector convert(Vector flat, Positions rows) {
    int length = flat.length();
    switch (flat) {
      case IntVector v when isLong -> {
        long[] out = scratch.longs(length);
        Keys.of(v.values(), length, out);
        return new LongVector(to, out, length, v.validity());
      }
      case IntVector v when Integers.max(from) <= max -> {
        return v.withType(to);
      }
      case IntVector v -> ints(v, rows);
      case BooleanVector v -> booleans(v, rows);
      case LongVector v when from instanceof DataType.Decimal(int _, int scale) ->
          decimals(v, scale, rows);
      case LongVector v when isLong -> {
        return v;
      }
      case LongVector v -> longs(v, rows);
      case Int128Vector v -> wideDecimals(v, ((DataType.Decimal) from).scale(), rows);
      case DoubleVector v -> doubles(v, rows);
      case StringVector v -> texts(v, rows);
      case DictionaryVector _ -> throw new AssertionError("operands are flat");
    }
    return isLong
        ? new LongVector(to, scratch.longs(length), length, validity())
        : new IntVector(to, scratch.ints(length), length, validity());
  }

  private void store(int p, long value, int length) {
    if (value < min || value > max) {
      failOutOfRange(p, length, value);
      write(p, 0, length);
    } else {
      write(p, value, length);
    }
  }

  private void write(int p, long value, int length) {
    if (isLong) {
      scratch.longs(length)[p] = value;
    } else {
      scratch.ints(length)[p] = (int) value;
    }
  }

  private void ints(IntVector v, Positions rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      store(p, v.values()[p], v.length());
    }
  }

  private void longs(LongVector v, Positions rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      store(p, v.values()[p], v.length());
    }
  }

  private void booleans(BooleanVector v, Positions rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      write(p, v.values()[p], v.length());
    }
  }

  private void decimals(LongVector v, int scale, Positions rows) {
    boolean isLongPower = Int128.isLongPower(scale);
    long unit = isLongPower ? Int128.power(scale) : 1;
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      long value = v.values()[p];
      if (isLongPower && value != Long.MIN_VALUE) {
        store(p, Int128.divideRounded(value, unit), v.length());
      } else {
        storeBig(p, BigInteger.valueOf(value), scale, v.length());
      }
    }
  }

  private void wideDecimals(Int128Vector v, int scale, Positions rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      storeBig(p, v.unscaled(p), scale, v.length());
    }
  }

  private void storeBig(int p, BigInteger unscaled, int scale, int length) {
    BigInteger value = Int128.divideRounded(unscaled, Int128.bigPower(scale));
    if (value.bitLength() < 64) {
      store(p, value.longValue(), length);
    } else {
      failOutOfRange(p, length, new BigDecimal(unscaled, scale).toPlainString());
      write(p, 0, length);
    }
  }

  private void doubles(DoubleVector v, Positions rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      double value = Math.rint(v.values()[p]);
      if (value >= min && (isLong ? value < 0x1p63 : value <= max)) {
        write(p, (long) value, v.length());
      } else {
        failOutOfRange(p, v.length(), text(v, p));
        write(p, 0, v.length());
      }
    }
  }

  private void texts(StringVector v, Positions rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      write(p, 0, v.length());
      if (rows.isNull(p)) {
        continue;
      }
      switch (parser.integer(v.bytes(), v.starts()[p], v.lengths()[p])) {
        case VALUE -> {
          if (parser.value() < min || parser.value() > max) {
            failTextOutOfRange(p, v.length(), v.text(p));
          } else {
            write(p, parser.value(), v.length());
          }
        }
        case OUT_OF_RANGE -> failTextOutOfRange(p, v.length(), v.text(p));
        case NOT_A_VALUE -> failToParse(p, v.length(), v.text(p));
      }
    }
  }
}
