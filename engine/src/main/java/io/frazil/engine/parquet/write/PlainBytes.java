package io.frazil.engine.parquet.write;

import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/// Reads single values in Parquet's plain form.
final class PlainBytes {
  private PlainBytes() {}

  /// Little-endian, signed.
  static long integer(byte[] plain) {
    long value = 0;
    for (int i = plain.length - 1; i >= 0; i--) {
      value = (value << Byte.SIZE) | (plain[i] & 0xFF);
    }
    int unused = Long.SIZE - plain.length * Byte.SIZE;
    return (value << unused) >> unused;
  }

  static Literal literal(byte[] plain, DataType type) {
    Object value =
        switch (type) {
          case DataType.Simple.BOOLEAN -> plain[0] != 0;
          case DataType.Simple.REAL -> (double) Float.intBitsToFloat((int) integer(plain));
          case DataType.Simple.DOUBLE -> Double.longBitsToDouble(integer(plain));
          case DataType.Simple.VARCHAR -> new String(plain, StandardCharsets.UTF_8);
          case DataType.Decimal(int precision, int scale) ->
              new BigDecimal(
                  precision <= DataType.Decimal.MAX_LONG_PRECISION
                      ? BigInteger.valueOf(integer(plain))
                      : new BigInteger(plain),
                  scale);
          case DataType.Simple _, DataType.Timestamp _ -> integer(plain);
        };
    return new Literal(value, type);
  }
}
