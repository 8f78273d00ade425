package io.frazil.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntegerArithmeticTest {
  private static final List<DataType> INT_TYPES =
      List.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER);
  private static final int UNTOUCHED = 77;

  @ParameterizedTest
  @EnumSource
  void denseIntsAreExactOrSayThatTheyAreNot(ArithmeticOperator operator) {
    RandomRows.forEach(rows -> {
      for (DataType type : INT_TYPES) {
        int[] a = rows.ints(Integers.min(type), Integers.max(type));
        int[] b = rows.ints(Integers.min(type), Integers.max(type));
        int[] out = new int[rows.length];
        boolean isExact = IntegerArithmetic.dense(operator, a, b, out, rows.length, type);
        List<@Nullable BigInteger> expected = all(rows, operator, i -> a[i], i -> b[i]);
        boolean fits = expected.stream().allMatch(v -> v != null && isIn(v, type));
        assertThat(isExact).isEqualTo(fits && !divides(operator));
        if (isExact) {
          assertThat(out).isEqualTo(expected.stream().mapToInt(BigInteger::intValue).toArray());
        }
      }
    });
  }

  @ParameterizedTest
  @EnumSource
  void denseLongsAreExactOrSayThatTheyAreNot(ArithmeticOperator operator) {
    RandomRows.forEach(rows -> {
      long[] a = rows.longs();
      long[] b = rows.longs();
      long[] out = new long[rows.length];
      boolean isExact = IntegerArithmetic.dense(operator, a, b, out, rows.length);
      List<@Nullable BigInteger> expected = all(rows, operator, a, b);
      boolean fits = expected.stream().allMatch(v -> v != null && isIn(v, Types.BIGINT));
      if (isExact) {
        assertThat(fits).isTrue();
        assertThat(out).isEqualTo(expected.stream().mapToLong(BigInteger::longValue).toArray());
      } else if (operator == ArithmeticOperator.ADD || operator == ArithmeticOperator.SUBTRACT) {
        assertThat(fits).isFalse();
      }
    });
  }

  /// The products of which the widths of both factors say too little.
  @Test
  void denseProductsOfTheSmallestOfTheirWidthOverflow() {
    for (int bits = 0; bits < 64; bits++) {
      long[] a = {-1L << bits};
      long[] b = {-1L << (63 - bits)};
      assertThat(IntegerArithmetic.dense(ArithmeticOperator.MULTIPLY, a, b, new long[1], 1))
          .as("%d * %d", a[0], b[0])
          .isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void checkedIntsFailForLiveValidRowsAlone(ArithmeticOperator operator) {
    RandomRows.forEach(rows -> {
      for (DataType type : INT_TYPES) {
        int[] a = rows.ints(Integers.min(type), Integers.max(type));
        int[] b = rows.ints(Integers.min(type), Integers.max(type));
        int[] out = new int[rows.length];
        Arrays.fill(out, UNTOUCHED);
        List<@Nullable BigInteger> expected = all(rows, operator, i -> a[i], i -> b[i]);
        String error = error(rows, operator, type, i -> a[i], i -> b[i], expected);
        if (error != null) {
          assertThatThrownBy(
                  () -> IntegerArithmetic.checked(operator, a, b, out, rows.positions(), type))
              .isInstanceOf(FrazilException.class)
              .hasMessage(error);
        } else {
          IntegerArithmetic.checked(operator, a, b, out, rows.positions(), type);
          check(rows, expected, Arrays.stream(out).asLongStream().toArray());
        }
      }
    });
  }

  @ParameterizedTest
  @EnumSource
  void checkedLongsFailForLiveValidRowsAlone(ArithmeticOperator operator) {
    RandomRows.forEach(rows -> {
      long[] a = rows.longs();
      long[] b = rows.longs();
      long[] out = new long[rows.length];
      Arrays.fill(out, UNTOUCHED);
      List<@Nullable BigInteger> expected = all(rows, operator, a, b);
      String error = error(rows, operator, Types.BIGINT, i -> a[i], i -> b[i], expected);
      if (error != null) {
        assertThatThrownBy(() ->
                IntegerArithmetic.checked(operator, a, b, out, rows.positions(), Types.BIGINT))
            .isInstanceOf(FrazilException.class)
            .hasMessage(error);
      } else {
        IntegerArithmetic.checked(operator, a, b, out, rows.positions(), Types.BIGINT);
        check(rows, expected, out);
      }
    });
  }

  private static void check(RandomRows rows, List<@Nullable BigInteger> expected, long[] out) {
    long[] wanted = new long[rows.length];
    Arrays.fill(wanted, UNTOUCHED);
    for (int p : rows.selection) {
      BigInteger value = expected.get(p);
      wanted[p] = rows.isNull(p) || value == null ? 0 : value.longValueExact();
    }
    assertThat(out).isEqualTo(wanted);
  }

  /// What the first row says that cannot be computed.
  private static @Nullable String error(
      RandomRows rows,
      ArithmeticOperator operator,
      DataType type,
      Values a,
      Values b,
      List<@Nullable BigInteger> expected) {
    for (int p : rows.valid()) {
      BigInteger value = expected.get(p);
      String text = a.at(p) + " " + operator.symbol() + " " + b.at(p);
      if (value == null) {
        return "Division by zero: " + text;
      }
      if (!isIn(value, type)) {
        return text + " is out of range for " + type.text();
      }
    }
    return null;
  }

  private interface Values {
    long at(int row);
  }

  private static List<@Nullable BigInteger> all(
      RandomRows rows, ArithmeticOperator operator, long[] a, long[] b) {
    return all(rows, operator, i -> a[i], i -> b[i]);
  }

  /// The value of every row, null where it divides by zero.
  private static List<@Nullable BigInteger> all(
      RandomRows rows, ArithmeticOperator operator, Values a, Values b) {
    Stream<@Nullable BigInteger> values =
        IntStream.range(0, rows.length)
            .mapToObj(
                i -> value(operator, BigInteger.valueOf(a.at(i)), BigInteger.valueOf(b.at(i))));
    return values.toList();
  }

  private static @Nullable BigInteger value(
      ArithmeticOperator operator, BigInteger a, BigInteger b) {
    return switch (operator) {
      case ADD -> a.add(b);
      case SUBTRACT -> a.subtract(b);
      case MULTIPLY -> a.multiply(b);
      case DIVIDE -> b.signum() == 0 ? null : a.divide(b);
      case MODULO -> b.signum() == 0 ? null : a.remainder(b);
    };
  }

  private static boolean divides(ArithmeticOperator operator) {
    return operator == ArithmeticOperator.DIVIDE || operator == ArithmeticOperator.MODULO;
  }

  private static boolean isIn(BigInteger value, DataType type) {
    return value.bitLength() < 64
        && value.longValue() >= Integers.min(type)
        && value.longValue() <= Integers.max(type);
  }
}
