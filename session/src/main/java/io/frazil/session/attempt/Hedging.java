package io.frazil.session.attempt;

import java.time.Duration;

/// When a task that runs much longer than its stage's others gets a twin attempt, of which the
/// first to succeed counts. While too few of those are done to tell, what was predicted of the
/// stage stands in for them: see [StageTimes].
///
/// @param doneShare which part of a stage's tasks has to be done before it is they that tell which
///   are slow
/// @param factor how many times longer it runs than nearly all of those did
/// @param atLeast a task that runs no longer than this is never slow
/// @param tasksPerTwin a stage has one twin for so many tasks, and at least one: a store that is
///   slow as a whole isn't asked to do twice the work
public record Hedging(double doneShare, double factor, Duration atLeast, int tasksPerTwin) {
  public static final Hedging DEFAULT = new Hedging(0.75, 2, Duration.ofSeconds(1), 10);

  public Hedging {
    if (!(doneShare > 0 && doneShare < 1) || factor < 1 || tasksPerTwin < 1) {
      throw new IllegalArgumentException(
          "a share between 0 and 1, a factor and a number of at least 1 are needed, not %s, %s, %d"
              .formatted(doneShare, factor, tasksPerTwin));
    }
  }
}
