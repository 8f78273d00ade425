package io.frazil.session.attempt;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/// How long the tasks of one stage took, and from when on one that still runs is slow.
///
/// Not safe for use by many threads: its [TaskRunner] guards it.
final class StageTimes {
  /// Nearly all.
  private static final double PERCENTILE = 0.95;

  /// While too few are done to tell, a task is slow that runs so many times longer than its stage
  /// was predicted to take, and for so long; and for longer where nothing was predicted.
  private static final int PREDICTED_FACTOR = 3;

  private static final Duration PREDICTED_MIN = Duration.ofSeconds(15);
  private static final Duration UNPREDICTED = Duration.ofSeconds(30);

  private final Hedging hedging;
  private Optional<Duration> predicted = Optional.empty();

  /// The times of nearly all, the longest first, and of the others, the shortest first: a stage may
  /// have a hundred thousand tasks, and each that ends asks.
  private final PriorityQueue<Long> usual = new PriorityQueue<>(Comparator.reverseOrder());

  private final PriorityQueue<Long> longer = new PriorityQueue<>();

  private int tasks;
  private int twins;

  StageTimes(Hedging hedging) {
    this.hedging = hedging;
  }

  /// @param most how long the whole stage takes at the most, as far as that was predicted
  void predict(Duration most) {
    predicted = Optional.of(most);
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

  /// Whether enough tasks are done to tell how long the others should take.
  boolean areKnown() {
    int done = usual.size() + longer.size();
    return done > 0 && done >= hedging.doneShare() * tasks;
  }

  /// From when on an attempt is slow, in nanoseconds.
  long slowAfter() {
    return areKnown()
        ? Math.max(hedging.atLeast().toNanos(), (long) (usual.element() * hedging.factor()))
        : predicted
            .map(most -> most.multipliedBy(PREDICTED_FACTOR))
            .map(slow -> slow.compareTo(PREDICTED_MIN) < 0 ? PREDICTED_MIN : slow)
            .orElse(UNPREDICTED)
            .toNanos();
  }

  /// A prediction may be wrong for all of a stage's tasks: by itself it gives one of them a twin.
  boolean hasTwinLeft() {
    return twins < (areKnown() ? Math.max(1, tasks / hedging.tasksPerTwin()) : 1);
  }

  void twinStarted() {
    twins++;
  }

  /// One that was started never began.
  void twinLeftOut() {
    twins--;
  }
}
