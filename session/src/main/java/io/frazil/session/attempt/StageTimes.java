package io.frazil.session.attempt;

import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/// How long the tasks of one stage took, and from when on one that still runs is slow.
///
/// Not safe for use by many threads: its [TaskRunner] guards it.
final class StageTimes {
  /// Nearly all.
  private static final double PERCENTILE = 0.95;

  private final Hedging hedging;

  /// The times of nearly all, the longest first, and of the others, the shortest first: a stage may
  /// have a hundred thousand tasks, and each that ends asks.
  private final PriorityQueue<Long> usual = new PriorityQueue<>(Comparator.reverseOrder());

  private final PriorityQueue<Long> longer = new PriorityQueue<>();

  private int tasks;
  private int twins;

  StageTimes(Hedging hedging) {
    this.hedging = hedging;
  }

  void begun() {
    tasks++;
  }

  /// @param nanos that the attempt took which counts
  void done(long nanos) {
    if (usual.isEmpty() || nanos <= usual.element()) {
      usual.add(nanos);
    } else {
      longer.add(nanos);
    }
    int nearlyAll = (int) Math.ceil(PERCENTILE * (usual.size() + longer.size()));
    while (usual.size() > nearlyAll) {
      longer.add(usual.remove());
    }
    while (usual.size() < nearlyAll) {
      usual.add(longer.remove());
    }
  }

  /// From when on an attempt is slow, in nanoseconds; empty while too few tasks are done to tell.
  OptionalLong slowAfter() {
    int done = usual.size() + longer.size();
    if (done == 0 || done < hedging.doneShare() * tasks) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        Math.max(hedging.atLeast().toNanos(), (long) (usual.element() * hedging.factor())));
  }

  boolean hasTwinLeft() {
    return twins < Math.max(1, tasks / hedging.tasksPerTwin());
  }

  void twinStarted() {
    twins++;
  }
}
