package io.frazil.session.estimate;

import io.frazil.session.cost.LambdaShape;
import io.frazil.session.cost.Rates;
import java.util.Optional;

/// What a query runs on.
///
/// @param workers how many tasks run at a time; 0 where all runs in this process
/// @param threads of this process, or of each worker
/// @param processors that this process has, which its own workers share
/// @param taskBytesMin how much, not compressed, is worth a task of its own, in bytes
/// @param longQueries those that a state machine goes on with; empty where there is none
/// @param httpRequests how many to the HTTP API brought the query here
/// @param ran how many queries this process has run: a young JVM still compiles
public record Machine(
    Rates rates,
    int workers,
    int threads,
    int processors,
    long taskBytesMin,
    Optional<LongQueries> longQueries,
    long httpRequests,
    long ran) {
  /// Whether no function runs, and what it would cost on some is all that can be said.
  public boolean isImagined() {
    return workers == 0 && isElsewhere();
  }

  /// Whether this process is none of Lambda's, and runs its workers too.
  boolean isElsewhere() {
    return switch (rates.site()) {
      case LAMBDA -> false;
      case ELSEWHERE -> true;
    };
  }

  LambdaShape shape() {
    return rates.shape();
  }
}
