package io.frazil.engine.kernel;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.type.DataType;
import org.jspecify.annotations.Nullable;

/// The integers of SQL: overflow and division by zero are errors.
///
/// The dense loops compute everything and say whether all was in range; where it was not, or where
/// few rows are alive, the checked loops compute the live and valid rows one by one and raise what
/// there is to raise.
public final class IntegerArithmetic {
  private IntegerArithmetic() {}

  /// Sums, differences and products.
  ///
  /// @return whether all lie in `[low, high]`
  public static boolean dense(
      ArithmeticOperator operator, int[] a, int[] b, int[] out, int length, DataType type) {
    return switch (operator) {
      case ADD -> add(a, b, out, length, unusedBits(type));
      case SUBTRACT -> subtract(a, b, out, length, unusedBits(type));
      case MULTIPLY -> multiply(a, b, out, length, type);
      case DIVIDE, MODULO -> false;
    };
  }

  /// How many bits of an int a type has no use for.
  private static int unusedBits(DataType type) {
    return Long.numberOfLeadingZeros(Integers.max(type)) - 1 - Integer.SIZE;
  }

  /// In ints, which vectorizes: a sum that has left the ints differs in sign from both of its
  /// terms, one that has left the type is not what its lower bits say.
  private static boolean add(int[] a, int[] b, int[] out, int length, int unused) {
    int bad = 0;
    for (int i = 0; i < length; i++) {
      int sum = a[i] + b[i];
      out[i] = sum;
      bad |= (((a[i] ^ sum) & (b[i] ^ sum)) >> 31) | (sum ^ ((sum << unused) >> unused));
    }
    return bad == 0;
  }

  private static boolean subtract(int[] a, int[] b, int[] out, int length, int unused) {
    int bad = 0;
    for (int i = 0; i < length; i++) {
      int difference = a[i] - b[i];
      out[i] = difference;
      bad |= ((a[i] ^ b[i]) & (a[i] ^ difference)) >> 31;
      bad |= difference ^ ((difference << unused) >> unused);
    }
    return bad == 0;
  }

  private static boolean multiply(int[] a, int[] b, int[] out, int length, DataType type) {
    long low = Integers.min(type);
    long span = Integers.max(type) - low + Long.MIN_VALUE;
    boolean bad = false;
    for (int i = 0; i < length; i++) {
      long value = (long) a[i] * b[i];
      out[i] = (int) value;
      bad |= value - low + Long.MIN_VALUE > span;
    }
    return !bad;
  }

  /// @return whether none overflowed
  public static boolean dense(
      ArithmeticOperator operator, long[] a, long[] b, long[] out, int length) {
    return switch (operator) {
      case ADD -> LongArithmetic.add(a, b, out, length);
      case SUBTRACT -> LongArithmetic.subtract(a, b, out, length);
      case MULTIPLY -> {
        boolean fits = LongArithmetic.productsFit(a, b, length);
        if (fits) {
          LongArithmetic.multiply(a, b, out, length);
        }
        yield fits;
      }
      case DIVIDE, MODULO -> false;
    };
  }

  public static void checked(
      ArithmeticOperator operator, int[] a, int[] b, int[] out, Positions rows, DataType type) {
    long low = Integers.min(type);
    long high = Integers.max(type);
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      if (rows.isNull(p)) {
        out[p] = 0;
        continue;
      }
      long value = apply(operator, a[p], b[p], type);
      if (value < low || value > high) {
        throw outOfRange(operator, a[p], b[p], type);
      }
      out[p] = (int) value;
    }
  }

  public static void checked(
      ArithmeticOperator operator, long[] a, long[] b, long[] out, Positions rows, DataType type) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      out[p] = rows.isNull(p) ? 0 : apply(operator, a[p], b[p], type);
    }
  }

  private static long apply(ArithmeticOperator operator, long a, long b, DataType type) {
    boolean divides =
        operator == ArithmeticOperator.DIVIDE || operator == ArithmeticOperator.MODULO;
    if (divides && b == 0) {
      throw divisionByZero(operator, String.valueOf(a), "0");
    }
    try {
      return switch (operator) {
        case ADD -> Math.addExact(a, b);
        case SUBTRACT -> Math.subtractExact(a, b);
        case MULTIPLY -> Math.multiplyExact(a, b);
        case DIVIDE -> Math.divideExact(a, b);
        case MODULO -> a % b;
      };
    } catch (ArithmeticException e) {
      throw outOfRange(operator, a, b, type);
    }
  }

  static FrazilException divisionByZero(ArithmeticOperator operator, String a, String b) {
    return new FrazilException(
        ErrorCode.DIVISION_BY_ZERO, "Division by zero: " + a + " " + operator.symbol() + " " + b);
  }

  private static FrazilException outOfRange(
      ArithmeticOperator operator, @Nullable Object a, Object b, DataType type) {
    return new FrazilException(
        ErrorCode.NUMERIC_OVERFLOW,
        "%s %s %s is out of range for %s".formatted(a, operator.symbol(), b, type.text()));
  }
}
