package io.frazil.engine.type;

import io.frazil.engine.type.DataType.Decimal;

/// The result types of decimal operations: the one place that decides them, which planner and
/// kernels both ask (`docs/decisions/0002-decimals.md`).
///
/// Precision is capped at 38 and the scale kept: a value that then needs more digits is an overflow
/// error when it happens, never a silent loss of digits behind the point. Results that have more
/// digits than their scale are rounded half away from zero.
public final class DecimalTypes {
  private static final int MAX = Decimal.MAX_PRECISION;

  /// A quotient or an average has at least this many digits behind the point.
  private static final int MIN_QUOTIENT_SCALE = 6;

  /// And this many more than its dividend.
  private static final int QUOTIENT_EXTRA_SCALE = 4;

  private DecimalTypes() {}

  /// The decimal that holds every value of an integer type; a decimal is itself.
  public static Decimal of(DataType type) {
    return switch (type) {
      case Decimal decimal -> decimal;
      case DataType.Simple.TINYINT -> new Decimal(3, 0);
      case DataType.Simple.SMALLINT -> new Decimal(5, 0);
      case DataType.Simple.INTEGER -> new Decimal(10, 0);
      case DataType.Simple.BIGINT -> new Decimal(19, 0);
      case DataType.Simple _, DataType.Timestamp _ ->
          throw new IllegalArgumentException(type.text() + " is not exact numeric");
    };
  }

  /// `a + b` and `a - b`.
  public static Decimal add(Decimal a, Decimal b) {
    int scale = Math.max(a.scale(), b.scale());
    int integers = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
    return capped(integers + 1 + scale, scale);
  }

  /// `a * b`.
  public static Decimal multiply(Decimal a, Decimal b) {
    return capped(a.precision() + b.precision(), a.scale() + b.scale());
  }

  /// `a / b`.
  public static Decimal divide(Decimal a, Decimal b) {
    int scale = quotientScale(a);
    return capped(a.precision() - a.scale() + b.scale() + scale, scale);
  }

  /// `a % b`, of the sign of `a`.
  public static Decimal modulo(Decimal a, Decimal b) {
    int scale = Math.max(a.scale(), b.scale());
    int integers = Math.min(a.precision() - a.scale(), b.precision() - b.scale());
    return capped(integers + scale, scale);
  }

  /// The type that holds every value of both: of CASE, UNION, comparisons.
  public static Decimal common(Decimal a, Decimal b) {
    int scale = Math.max(a.scale(), b.scale());
    int integers = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
    return capped(integers + scale, scale);
  }

  public static Decimal sum(Decimal a) {
    return new Decimal(MAX, a.scale());
  }

  public static Decimal average(Decimal a) {
    return new Decimal(MAX, quotientScale(a));
  }

  private static int quotientScale(Decimal dividend) {
    return Math.min(MAX, Math.max(MIN_QUOTIENT_SCALE, dividend.scale() + QUOTIENT_EXTRA_SCALE));
  }

  private static Decimal capped(int precision, int scale) {
    int cappedScale = Math.min(MAX, scale);
    return new Decimal(Math.clamp(precision, Math.max(1, cappedScale), MAX), cappedScale);
  }
}
