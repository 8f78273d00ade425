package io.frazil.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.LongVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// [Int128] and [Decimals] against `BigInteger`.
class Int128Test {
  private static final BigInteger LIMIT = BigInteger.TEN.pow(38);
  private static final int ROUNDS = 20_000;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  /// Any of 128 bits, and those around the limit of a decimal.
  private BigInteger value() {
    if (random.nextInt(4) == 0) {
      BigInteger edge = LIMIT.add(BigInteger.valueOf(random.nextInt(5) - 2));
      return random.nextBoolean() ? edge : edge.negate();
    }
    BigInteger magnitude = new BigInteger(random.nextInt(128), random);
    return random.nextBoolean() ? magnitude : magnitude.not();
  }

  @Test
  void halvesMakeTheValueAgain() {
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger value = value();
      long high = Int128.high(value);
      long low = value.longValue();
      assertThat(Int128Vector.big(high, low)).as("seed %d", seed).isEqualTo(value);
      assertThat(Int128.fitsLong(high, low)).as("%s", value).isEqualTo(value.bitLength() < 64);
      assertThat(Int128.isDecimal(high, low))
          .as("%s", value)
          .isEqualTo(value.abs().compareTo(LIMIT) < 0);
      BigInteger other = random.nextInt(3) == 0 ? value : value();
      assertThat(Integer.signum(Int128.compare(high, low, Int128.high(other), other.longValue())))
          .as("%s and %s", value, other)
          .isEqualTo(value.compareTo(other));
      int precision = 1 + random.nextInt(38);
      assertThat(Int128.hasDigits(value, precision))
          .as("%s has %d digits", value, precision)
          .isEqualTo(value.abs().toString().length() <= precision);
    }
  }

  @Test
  void powersAreThoseOfTen() {
    for (int i = 0; i <= 76; i++) {
      assertThat(Int128.bigPower(i)).isEqualTo(BigInteger.TEN.pow(i));
      assertThat(Int128.isLongPower(i)).isEqualTo(BigInteger.TEN.pow(i).bitLength() < 64);
      if (Int128.isLongPower(i)) {
        assertThat(Int128.power(i)).isEqualTo(BigInteger.TEN.pow(i).longValueExact());
      }
    }
  }

  @Test
  void quotientsRoundHalfAwayFromZero() {
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger a = value().shiftRight(random.nextInt(128));
      BigInteger b = value().shiftRight(random.nextInt(128));
      if (b.signum() == 0) {
        continue;
      }
      BigInteger expected =
          new BigDecimal(a).divide(new BigDecimal(b), 0, RoundingMode.HALF_UP).toBigInteger();
      assertThat(Int128.divideRounded(a, b)).as("seed %d: %s / %s", seed, a, b).isEqualTo(expected);
      if (isPlain(a) && isPlain(b)) {
        assertThat(Int128.divideRounded(a.longValue(), b.longValue()))
            .as("seed %d: %s / %s", seed, a, b)
            .isEqualTo(expected.longValueExact());
      }
    }
  }

  private static boolean isPlain(BigInteger value) {
    return value.bitLength() < 64 && value.longValue() != Long.MIN_VALUE;
  }

  @Test
  void decimalsAreNarrowWhereLiveRowsFit() {
    RandomRows.forEach(rows -> {
      long[] low = rows.longs();
      long[] high = new long[rows.length];
      Decimals.signs(low, high, rows.length);
      assertThat(high).isEqualTo(Arrays.stream(low).map(v -> v >> 63).toArray());
      int wide = rows.length == 0 ? -1 : rows.random.nextInt(rows.length);
      if (wide >= 0) {
        high[wide] ^= 1;
      }
      boolean isLive = Arrays.binarySearch(rows.selection, wide) >= 0;
      assertThat(Int128.fitLongs(high, low, rows.selection, rows.count())).isEqualTo(!isLive);
      var vector = new Int128Vector(Types.decimal(38, 2), high, low, rows.length, null);
      var narrow = new Decimals().narrow(vector, rows.selection, rows.count());
      assertThat(narrow instanceof LongVector).isEqualTo(!isLive);
    });
  }

  @Test
  void wideningKeepsTheValue() {
    RandomRows.forEach(rows -> {
      long[] values = rows.longs();
      var narrow = new LongVector(Types.decimal(15, 2), values, rows.length, rows.validity);
      Int128Vector wide = new Decimals().widen(narrow);
      assertThat(LongStream.range(0, rows.length).mapToObj(i -> wide.unscaled((int) i)))
          .containsExactlyElementsOf(Arrays.stream(values).mapToObj(BigInteger::valueOf).toList());
      assertThat(wide.validity()).isSameAs(rows.validity);
      assertThat(new Decimals().widen(wide)).isSameAs(wide);
    });
  }
}
