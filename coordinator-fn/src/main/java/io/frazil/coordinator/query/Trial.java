package io.frazil.coordinator.query;

import io.frazil.session.QueryHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a query may take where it is only tried, from before it is planned on.
public final class Trial {
  static final Trial NONE = new Trial(Duration.ofMillis(Long.MAX_VALUE), Long.MAX_VALUE);

  private final Duration whole;
  private final long bytes;
  private final @Nullable Long startNanos;

  // Guarded by this.
  private boolean over;
  private @Nullable Runnable leaving;

  /// @param time that it may take
  /// @param bytes of files that it may read, after pruning
  public Trial(Duration time, long bytes) {
    this(time, bytes, null);
  }

  private Trial(Duration whole, long bytes, @Nullable Long startNanos) {
    this.whole = whole;
    this.bytes = bytes;
    this.startNanos = startNanos;
  }

  /// The same, whose time runs from now on.
  public Trial begun() {
    return new Trial(whole, bytes, System.nanoTime());
  }

  /// What is left of the time: nothing, or less, where it is over.
  public Duration time() {
    return startNanos == null ? whole : whole.minusNanos(System.nanoTime() - startNanos);
  }

  /// Ends it, whatever is done for it: whoever comes next takes the query on at once.
  public synchronized void end() {
    over = true;
    if (leaving != null) {
      leaving.run();
    }
  }

  /// @param leave lets others take the query on
  synchronized void holding(Runnable leave) {
    leaving = leave;
    if (over) {
      leave.run();
    }
  }

  long bytes() {
    return bytes;
  }

  /// Whether a query is known to take more, or predicted to.
  boolean isTooSmallFor(QueryHandle query) {
    return query.progress().bytesToRead() > bytes
        || query.estimate().seconds().low() > time().toMillis() / 1e3;
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
