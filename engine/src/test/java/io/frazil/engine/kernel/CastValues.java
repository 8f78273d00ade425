package io.frazil.engine.kernel;

import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/// What casts are given: values of a type, and texts that some other type may be read from.
final class CastValues {
  private final RandomRows rows;
  private final Random random;

  CastValues(RandomRows rows) {
    this.rows = rows;
    this.random = rows.random;
  }

  /// @param to what the values will be cast to, which texts are made for
  Vector vector(DataType from, DataType to) {
    int length = rows.length;
    return switch (from) {
      case DataType.Simple.BOOLEAN ->
          new BooleanVector(from, rows.booleans(), length, rows.validity);
      case DataType.Simple.TINYINT, DataType.Simple.SMALLINT, DataType.Simple.INTEGER ->
          new IntVector(
              from, rows.ints(Integers.min(from), Integers.max(from)), length, rows.validity);
      case DataType.Simple.DATE -> new IntVector(from, rows.ints(), length, rows.validity);
      case DataType.Simple.BIGINT -> new LongVector(from, rows.longs(), length, rows.validity);
      case DataType.Timestamp _ -> new LongVector(from, rows.longs(), length, rows.validity);
      case DataType.Simple.DOUBLE -> new DoubleVector(from, rows.doubles(), length, rows.validity);
      case DataType.Simple.REAL ->
          new DoubleVector(
              from,
              Arrays.stream(rows.doubles()).map(v -> (float) v).toArray(),
              length,
              rows.validity);
      case DataType.Decimal type -> decimals(type);
      case DataType.Simple.VARCHAR ->
          rows.vector(
              IntStream.range(0, length).mapToObj(i -> rows.isNull(i) ? "" : text(to)).toList());
    };
  }

  private Vector decimals(DataType.Decimal type) {
    if (type.precision() <= 18 || random.nextBoolean()) {
      long max = type.precision() > 18 ? Long.MAX_VALUE : Int128.power(type.precision()) - 1;
      return new LongVector(type, rows.longs(-max, max), rows.length, rows.validity);
    }
    BigInteger limit = BigInteger.TEN.pow(type.precision());
    int bits = random.nextInt(127);
    BigInteger[] values = new BigInteger[rows.length];
    for (int i = 0; i < rows.length; i++) {
      BigInteger value = new BigInteger(bits, random).mod(limit);
      boolean isNegative = random.nextBoolean();
      values[i] = rows.isNull(i) ? BigInteger.ZERO : isNegative ? value.negate() : value;
    }
    return new Int128Vector(
        type,
        Arrays.stream(values).mapToLong(Int128::high).toArray(),
        Arrays.stream(values).mapToLong(BigInteger::longValue).toArray(),
        rows.length,
        rows.validity);
  }

  private String text(DataType to) {
    if (random.nextInt(12) == 0) {
      String[] odd = {"", " ", "-", "x", "1.", ".5", "1e", "0x1", "1d", "2024-02-30", "+-1", "1 2"};
      return odd[random.nextInt(odd.length)];
    }
    String spaces = " ".repeat(random.nextInt(3));
    return spaces + plain(to) + spaces;
  }

  private String plain(DataType to) {
    long whole = random.nextLong() >> random.nextInt(64);
    return switch (to) {
      case DataType.Simple.BOOLEAN ->
          new String[] {"true", "T", "yes", "y", "On", "1", "false", "f", "no", "N", "off", "0"}
              [random.nextInt(12)];
      case DataType.Simple.DATE -> LocalDate.ofEpochDay(whole >> 30).toString();
      case DataType.Timestamp _ ->
          LocalDateTime.ofEpochSecond(whole >> 26, random.nextInt(1_000_000_000), ZoneOffset.UTC)
              .toString();
      case DataType.Simple.REAL, DataType.Simple.DOUBLE -> Double.toString(whole / 1000.0);
      case DataType.Decimal _ ->
          new BigDecimal(BigInteger.valueOf(whole), random.nextInt(12)).toString();
      case DataType.Simple _ -> (random.nextInt(5) == 0 && whole >= 0 ? "+" : "") + whole;
    };
  }
}
