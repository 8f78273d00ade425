package io.frazil.session.attempt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/// How long the tasks of one stage took, and from when on one that still runs is slow.
///
/// Not safe for use by many threads: its [TaskRunner] guards it.
final class StageTimes {
  /// Nearly all.
  private static final double PERCENTILE = 0.95;

  private final Hedging hedging;
  private final List<Long> done = new ArrayList<>();
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
    int at = Collections.binarySearch(done, nanos);
    done.add(at < 0 ? -at - 1 : at, nanos);
  }

  /// From when on an attempt is slow, in nanoseconds; empty while too few tasks are done to tell.
  OptionalLong slowAfter() {
    if (done.isEmpty() || done.size() < hedging.doneShare() * tasks) {
      return OptionalLong.empty();
    }
    long usual = done.get((int) Math.ceil(PERCENTILE * done.size()) - 1);
    return OptionalLong.of(
        Math.max(hedging.atLeast().toNanos(), (long) (usual * hedging.factor())));
  }

  boolean hasTwinLeft() {
    return twins < Math.max(1, tasks / hedging.tasksPerTwin());
  }

  void twinStarted() {
    twins++;
  }
}
