package io.frazil.coordinator.query;

import io.frazil.session.QueryHandle;
import java.time.Duration;

/// What a query may take where it is only tried.
///
/// @param time from its start on
/// @param bytes of files, after pruning
public record Trial(Duration time, long bytes) {
  static final Trial NONE = new Trial(Duration.ofDays(365), Long.MAX_VALUE);

  /// Whether a query is known to take more, or predicted to.
  boolean isTooSmallFor(QueryHandle query) {
    return query.progress().bytesToRead() > bytes
        || query.estimate().seconds().low() > time.toMillis() / 1e3;
  }

  /// What became of it.
  public enum Outcome {
    /// It is over, or somebody else has it.
    SETTLED,
    /// It is somebody else's to take on.
    LEFT
  }

  /// The query takes more than it may here. Whoever goes on with it finds what it did.
  static final class Exceeded extends RuntimeException {
    Exceeded() {
      super("the query takes more than it may here", null, false, false);
    }
  }
}
