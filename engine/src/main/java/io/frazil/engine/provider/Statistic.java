package io.frazil.engine.provider;

/// A number and how far it can be trusted.
public record Statistic(double value, Exactness exactness) {
  public enum Exactness {
    EXACT,
    /// The true number is at most this.
    UPPER_BOUND,
    ESTIMATE
  }

  public static Statistic exact(double value) {
    return new Statistic(value, Exactness.EXACT);
  }

  public static Statistic upperBound(double value) {
    return new Statistic(value, Exactness.UPPER_BOUND);
  }

  public static Statistic estimate(double value) {
    return new Statistic(value, Exactness.ESTIMATE);
  }
}
