package io.frazil.engine.kernel;

import io.frazil.engine.expression.Expression.OnError;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DataType.Decimal;
import io.frazil.engine.type.Types;
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
import java.math.RoundingMode;

/// To decimals, rounding half away from zero what has more digits behind the point; what has more
/// in front of it is out of range.
final class CastToDecimal extends Cast {
  private final Decimal target;
  private final int fromScale;
  private boolean isWide;

  CastToDecimal(DataType from, Decimal target, OnError onError) {
    super(from, target, onError);
    this.target = target;
    this.fromScale = from instanceof Decimal(int _, int scale) ? scale : 0;
  }

  @Override
  Vector convert(Vector flat, Positions rows) {
    int length = flat.length();
    boolean grows =
        from instanceof Decimal(int precision, int scale)
            && target.precision() - target.scale() >= precision - scale
            && target.scale() == scale;
    if (grows) {
      return flat.withType(target);
    }
    if (flat instanceof LongVector v && fits(v.values(), length)) {
      long[] out = scratch.longs(length);
      LongArithmetic.scale(v.values(), factor(), out, length);
      return new LongVector(target, out, length, v.validity());
    }
    isWide = false;
    switch (flat) {
      case LongVector v -> longs(v, rows);
      case IntVector v -> ints(v, rows);
      case BooleanVector v -> booleans(v, rows);
      case Int128Vector v -> wide(v, rows);
      case DoubleVector v -> doubles(v, rows);
      case StringVector v -> texts(v, rows);
      case DictionaryVector _ -> throw new AssertionError("operands are flat");
    }
    long[] low = scratch.longs(length);
    return isWide
        ? new Int128Vector(target, scratch.moreLongs(length), low, length, validity())
        : new LongVector(target, low, length, validity());
  }

  private long factor() {
    return Int128.power(target.scale() - fromScale);
  }

  /// Whether all, dead rows too, can be scaled up without any having too many digits.
  private boolean fits(long[] values, int length) {
    int up = target.scale() - fromScale;
    if (up < 0 || !Int128.isLongPower(up)) {
      return false;
    }
    int bits = LongArithmetic.bits(values, length) + LongArithmetic.bits(factor());
    int limit =
        Int128.isLongPower(target.precision())
            ? LongArithmetic.bits(Int128.power(target.precision())) - 1
            : 63;
    return bits <= limit;
  }

  private void longs(LongVector v, Positions rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      rescale(p, v.values()[p], v.length());
    }
  }

  private void ints(IntVector v, Positions rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      rescale(p, v.values()[p], v.length());
    }
  }

  private void booleans(BooleanVector v, Positions rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      rescale(p, v.values()[p], v.length());
    }
  }

  private void wide(Int128Vector v, Positions rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      rescale(p, v.unscaled(p), v.length());
    }
  }

  private void rescale(int p, long value, int length) {
    int up = target.scale() - fromScale;
    if (up >= 0 && Int128.isLongPower(up) && Int128.isLongPower(target.precision())) {
      long factor = Int128.power(up);
      long scaled = value * factor;
      long limit = Int128.power(target.precision());
      if (Math.multiplyHigh(value, factor) == scaled >> 63 && -limit < scaled && scaled < limit) {
        write(p, scaled >> 63, scaled, length);
        return;
      }
    }
    rescale(p, BigInteger.valueOf(value), length);
  }

  private void rescale(int p, BigInteger value, int length) {
    int up = target.scale() - fromScale;
    BigInteger scaled =
        up >= 0
            ? value.multiply(Int128.bigPower(up))
            : Int128.divideRounded(value, Int128.bigPower(-up));
    if (Int128.hasDigits(scaled, target.precision())) {
      write(p, Int128.high(scaled), scaled.longValue(), length);
    } else {
      failOutOfRange(p, length, new BigDecimal(value, fromScale));
      write(p, 0, 0, length);
    }
  }

  private void write(int p, long high, long low, int length) {
    if (!isWide && !Int128.fitsLong(high, low)) {
      isWide = true;
      Decimals.signs(scratch.longs(length), scratch.moreLongs(length), length);
    }
    scratch.longs(length)[p] = low;
    if (isWide) {
      scratch.moreLongs(length)[p] = high;
    }
  }

  private void doubles(DoubleVector v, Positions rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      double value = v.values()[p];
      if (Double.isFinite(value)) {
        String digits = from == Types.REAL ? Float.toString((float) value) : Double.toString(value);
        if (!store(p, new BigDecimal(digits), v.length())) {
          failOutOfRange(p, v.length(), text(v, p));
        }
      } else {
        failOutOfRange(p, v.length(), text(v, p));
        write(p, 0, 0, v.length());
      }
    }
  }

  private void texts(StringVector v, Positions rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      if (rows.isNull(p)) {
        write(p, 0, 0, v.length());
        continue;
      }
      String text = v.text(p);
      try {
        if (!store(p, new BigDecimal(text.strip()), v.length())) {
          failTextOutOfRange(p, v.length(), text);
        }
      } catch (NumberFormatException e) {
        failToParse(p, v.length(), text);
        write(p, 0, 0, v.length());
      }
    }
  }

  /// @return whether it has a place in the type
  private boolean store(int p, BigDecimal value, int length) {
    // A number far out of range is not worth the digits that it would be written out with.
    long magnitude = (long) value.precision() - value.scale();
    boolean isNear = value.signum() == 0 || Math.abs(magnitude) <= 2 * Decimal.MAX_PRECISION;
    BigInteger scaled =
        isNear
            ? value.setScale(target.scale(), RoundingMode.HALF_UP).unscaledValue()
            : BigInteger.ZERO;
    boolean fits = (isNear || magnitude < 0) && Int128.hasDigits(scaled, target.precision());
    write(p, fits ? Int128.high(scaled) : 0, fits ? scaled.longValue() : 0, length);
    return fits;
  }
}
