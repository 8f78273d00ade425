package io.frazil.benchmarks.cost;

import java.util.ArrayList;
import java.util.List;

/// Costs by which amounts of work explain times: least squares without negative costs.
final class Fit {
  private static final int ROUNDS = 1_000;

  private final int size;
  private final List<double[]> amounts = new ArrayList<>();
  private final List<Double> times = new ArrayList<>();

  /// @param size how many kinds of work there are
  Fit(int size) {
    this.size = size;
  }

  void add(double time, double... amount) {
    times.add(time);
    amounts.add(amount);
  }

  /// The cost of one of each kind, by coordinate descent.
  double[] costs() {
    double[] costs = new double[size];
    for (int round = 0; round < ROUNDS; round++) {
      for (int kind = 0; kind < size; kind++) {
        costs[kind] = best(costs, kind);
      }
    }
    return costs;
  }

  /// What is best for one kind while the others stay.
  private double best(double[] costs, int kind) {
    double product = 0;
    double square = 0;
    for (int i = 0; i < times.size(); i++) {
      double[] amount = amounts.get(i);
      double rest = times.get(i);
      for (int other = 0; other < size; other++) {
        rest -= other == kind ? 0 : costs[other] * amount[other];
      }
      product += rest * amount[kind];
      square += amount[kind] * amount[kind];
    }
    return square == 0 ? 0 : Math.max(0, product / square);
  }
}
