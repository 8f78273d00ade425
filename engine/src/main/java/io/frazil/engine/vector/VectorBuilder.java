package io.frazil.engine.vector;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DataType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a vector of Java objects: for VALUES and tests, not for loops.
///
/// Takes what [VectorValues] gives and what literals hold: any `Number` for numbers, for DATE also
/// as days and for TIMESTAMP as units of its precision. A value that its type cannot hold is an
/// error.
public final class VectorBuilder {
  private final DataType type;
  private final List<@Nullable Object> values = new ArrayList<>();

  public VectorBuilder(DataType type) {
    this.type = type;
  }

  public static Vector of(DataType type, @Nullable Object... values) {
    var builder = new VectorBuilder(type);
    for (Object value : values) {
      builder.append(value);
    }
    return builder.build();
  }

  public VectorBuilder append(@Nullable Object value) {
    values.add(value == null ? null : normal(value));
    return this;
  }

  public int length() {
    return values.size();
  }

  public Vector build() {
    int length = values.size();
    long[] validity = validity();
    return switch (type.physical()) {
      case BOOLEAN -> new BooleanVector(type, booleans(), length, validity);
      case INT -> new IntVector(type, ints(), length, validity);
      case LONG -> new LongVector(type, longs(0), length, validity);
      case INT128 -> new Int128Vector(type, longs(Long.SIZE), longs(0), length, validity);
      case DOUBLE -> new DoubleVector(type, doubles(), length, validity);
      case STRING -> text(validity);
    };
  }

  // The form that is kept: Boolean, BigInteger (counts and unscaled decimals), Double, byte[].
  private Object normal(Object value) {
    return switch (type) {
      case Simple.BOOLEAN -> cast(Boolean.class, value);
      case Simple.TINYINT -> integer(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case Simple.SMALLINT -> integer(value, Short.MIN_VALUE, Short.MAX_VALUE);
      case Simple.INTEGER -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case Simple.DATE ->
          value instanceof LocalDate date
              ? BigInteger.valueOf(date.toEpochDay())
              : integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case Simple.BIGINT -> integer(value, Long.MIN_VALUE, Long.MAX_VALUE);
      case Simple.REAL -> (double) cast(Number.class, value).floatValue();
      case Simple.DOUBLE -> cast(Number.class, value).doubleValue();
      case Simple.VARCHAR -> cast(String.class, value).getBytes(StandardCharsets.UTF_8);
      case DataType.Decimal decimal -> unscaled(decimal, value);
      case DataType.Timestamp timestamp -> units(timestamp, value);
    };
  }

  private BigInteger integer(Object value, long min, long max) {
    BigInteger integer = exact(value);
    if (integer.compareTo(BigInteger.valueOf(min)) < 0
        || integer.compareTo(BigInteger.valueOf(max)) > 0) {
      throw unfit(value);
    }
    return integer;
  }

  private BigInteger exact(Object value) {
    try {
      return new BigDecimal(cast(Number.class, value).toString()).toBigIntegerExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw unfit(value);
    }
  }

  private BigInteger unscaled(DataType.Decimal decimal, Object value) {
    try {
      BigDecimal scaled =
          new BigDecimal(cast(Number.class, value).toString())
              .setScale(decimal.scale(), RoundingMode.UNNECESSARY);
      if (scaled.precision() <= decimal.precision()) {
        return scaled.unscaledValue();
      }
    } catch (ArithmeticException | NumberFormatException _) {
      throw unfit(value);
    }
    throw unfit(value);
  }

  private BigInteger units(DataType.Timestamp timestamp, Object value) {
    Instant instant =
        switch (value) {
          case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
          case Instant i -> i;
          case Object _ -> null;
        };
    if (instant == null) {
      return integer(value, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    long nanosPerUnit = 1_000_000_000L / timestamp.unitsPerSecond();
    if (instant.getNano() % nanosPerUnit != 0) {
      throw unfit(value);
    }
    BigInteger units =
        BigInteger.valueOf(instant.getEpochSecond())
            .multiply(BigInteger.valueOf(timestamp.unitsPerSecond()))
            .add(BigInteger.valueOf(instant.getNano() / nanosPerUnit));
    return integer(units, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private <T> T cast(Class<T> wanted, Object value) {
    if (!wanted.isInstance(value)) {
      throw unfit(value);
    }
    return wanted.cast(value);
  }

  private FrazilException unfit(Object value) {
    return new FrazilException(
        ErrorCode.INVALID_LITERAL, "'%s' is not a %s".formatted(value, type.text()));
  }

  private long @Nullable [] validity() {
    if (!values.contains(null)) {
      return null;
    }
    long[] validity = new long[Bitmap.words(values.size())];
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) != null) {
        Bitmap.set(validity, i);
      }
    }
    return validity;
  }

  private byte[] booleans() {
    byte[] result = new byte[values.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) (Boolean.TRUE.equals(values.get(i)) ? 1 : 0);
    }
    return result;
  }

  private int[] ints() {
    return values.stream().mapToInt(v -> v == null ? 0 : ((BigInteger) v).intValue()).toArray();
  }

  // The 64 bits of each integer from bit `from` on.
  private long[] longs(int from) {
    return values.stream()
        .mapToLong(v -> v == null ? 0 : ((BigInteger) v).shiftRight(from).longValue())
        .toArray();
  }

  private double[] doubles() {
    return values.stream().mapToDouble(v -> v == null ? 0 : (Double) v).toArray();
  }

  private StringVector text(long @Nullable [] validity) {
    int length = values.size();
    int[] starts = new int[length];
    int[] lengths = new int[length];
    byte[] bytes = new byte[1024];
    int end = 0;
    for (int i = 0; i < length; i++) {
      starts[i] = end;
      if (values.get(i) instanceof byte[] text) {
        if (end + text.length > bytes.length) {
          bytes = Arrays.copyOf(bytes, Math.max(end + text.length, bytes.length * 2));
        }
        System.arraycopy(text, 0, bytes, end, text.length);
        lengths[i] = text.length;
        end += text.length;
      }
    }
    return new StringVector(type, bytes, starts, lengths, length, validity);
  }
}
