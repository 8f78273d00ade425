package io.frazil.session.cost;

/// From a lower end to an upper one: what a prediction says instead of a number.
public record Interval(double low, double high) {
  public static final Interval ZERO = new Interval(0, 0);

  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("an interval from %s to %s".formatted(low, high));
    }
  }

  public static Interval exactly(double value) {
    return new Interval(value, value);
  }

  public Interval plus(Interval other) {
    return new Interval(low + other.low, high + other.high);
  }

  public Interval plus(double value) {
    return new Interval(low + value, high + value);
  }

  /// @param factor not negative
  public Interval times(double factor) {
    return new Interval(low * factor, high * factor);
  }

  /// Of two intervals without negative numbers.
  public Interval times(Interval factor) {
    return new Interval(low * factor.low, high * factor.high);
  }

  /// Of the larger of two numbers that lie in these intervals.
  public Interval orLarger(Interval other) {
    return new Interval(Math.max(low, other.low), Math.max(high, other.high));
  }

  /// Of the smaller of two numbers that lie in these intervals.
  public Interval orSmaller(Interval other) {
    return new Interval(Math.min(low, other.low), Math.min(high, other.high));
  }

  /// As many times above the lower end as below the upper one.
  public double middle() {
    return Math.sqrt(low * high);
  }
}
