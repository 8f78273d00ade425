package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.PhysicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Vectors of random values from a small domain, so that they meet each other; and their values as
/// plain Java objects, for models to work on.
public final class RandomVectors {
  private static final double[] ODD_DOUBLES = {
    Double.NaN, 0.0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private final Random random;

  public RandomVectors(long seed) {
    random = new Random(seed);
  }

  public Random random() {
    return random;
  }

  /// Flat or with a dictionary, with or without nulls, decimals of either width.
  ///
  /// @param domain how many different values there are, about
  public Vector any(DataType type, int length, int domain) {
    return switch (random.nextInt(4)) {
      case 0 -> flat(type, length, domain);
      case 1 -> withNulls(flat(type, length, domain));
      case 2 -> dictionary(type, length, domain);
      default -> withNulls(dictionary(type, length, domain));
    };
  }

  public Vector dictionary(DataType type, int length, int domain) {
    int entries = 1 + random.nextInt(domain);
    int[] ids = random.ints(length, 0, entries).toArray();
    return new DictionaryVector(ids, flat(type, entries, domain), length, null);
  }

  public Vector withNulls(Vector flat) {
    long[] validity = new long[Bitmap.words(flat.length())];
    for (int i = 0; i < flat.length(); i++) {
      if (random.nextInt(5) > 0) {
        Bitmap.set(validity, i);
      }
    }
    return NullSlots.mask(flat, validity);
  }

  public Vector flat(DataType type, int length, int domain) {
    PhysicalType physical = type.physical();
    return switch (physical) {
      case BOOLEAN -> {
        byte[] values = new byte[length];
        for (int i = 0; i < length; i++) {
          values[i] = (byte) random.nextInt(2);
        }
        yield new BooleanVector(type, values, length, null);
      }
      case INT -> {
        int[] values = random.ints(length, -domain / 2, domain - domain / 2).toArray();
        yield new IntVector(type, values, length, null);
      }
      case LONG -> longs(type, length, domain);
      case INT128 ->
          random.nextBoolean() ? longs(type, length, domain) : wide(type, length, domain);
      case DOUBLE -> {
        double[] values = new double[length];
        Arrays.setAll(values, _ -> oddDouble(domain));
        yield new DoubleVector(type, values, length, null);
      }
      case STRING -> strings(type, length, domain);
    };
  }

  private LongVector longs(DataType type, int length, int domain) {
    long[] values = random.longs(length, -domain / 2, domain - domain / 2).toArray();
    return new LongVector(type, values, length, null);
  }

  private Int128Vector wide(DataType type, int length, int domain) {
    long[] low = random.longs(length, -domain / 2, domain - domain / 2).toArray();
    long[] high = new long[length];
    for (int i = 0; i < length; i++) {
      high[i] = random.nextInt(4) == 0 ? random.nextInt(5) - 2 : low[i] >> 63;
    }
    return new Int128Vector(type, high, low, length, null);
  }

  private double oddDouble(int domain) {
    return random.nextInt(4) == 0
        ? ODD_DOUBLES[random.nextInt(ODD_DOUBLES.length)]
        : random.nextInt(domain) / 4.0;
  }

  private StringVector strings(DataType type, int length, int domain) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      int value = random.nextInt(domain);
      values.add(value == 0 ? "" : "é".repeat(value % 3) + "text-" + Integer.toString(value, 3));
    }
    return text(type, values);
  }

  public static StringVector text(DataType type, List<String> values) {
    int length = values.size();
    byte[] bytes = String.join("", values).getBytes(StandardCharsets.UTF_8);
    int[] starts = new int[length];
    int[] lengths = new int[length];
    int end = 0;
    for (int i = 0; i < length; i++) {
      starts[i] = end;
      lengths[i] = values.get(i).getBytes(StandardCharsets.UTF_8).length;
      end += lengths[i];
    }
    return new StringVector(type, bytes, starts, lengths, length, null);
  }

  /// `Boolean`, `Long`, `BigDecimal` for decimals, `Double`, `String`; or null.
  public static @Nullable Object value(Vector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (vector) {
      case BooleanVector v -> v.values()[row] == 1;
      case IntVector v -> (long) v.values()[row];
      case LongVector v when v.type() instanceof DataType.Decimal d ->
          BigDecimal.valueOf(v.values()[row], d.scale());
      case LongVector v -> v.values()[row];
      case DoubleVector v -> v.values()[row];
      case StringVector v -> v.text(row);
      case DictionaryVector v -> value(v.dictionary(), v.ids()[row]);
      case Int128Vector v ->
          new BigDecimal(
              BigInteger.valueOf(v.high()[row])
                  .shiftLeft(64)
                  .or(new BigInteger(Long.toUnsignedString(v.low()[row]))),
              v.type() instanceof DataType.Decimal d ? d.scale() : 0);
    };
  }

  public static List<@Nullable Object> values(Vector vector) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < vector.length(); i++) {
      values.add(value(vector, i));
    }
    return values;
  }
}
