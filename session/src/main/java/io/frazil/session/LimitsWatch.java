package io.frazil.session;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.session.cost.Dollars;
import io.frazil.session.statistics.QueryTally;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A result whose query is stopped once it has taken more than it may: what runs costs on, although
/// no attempt is started.
final class LimitsWatch implements BatchReader {
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final BatchReader result;
  private final QueryTally tally;
  private final StatementLimits limits;
  private final Cancellation cancellation;
  private final CountDownLatch done = new CountDownLatch(1);

  /// Watches until it is closed.
  ///
  /// @param result closed with this
  LimitsWatch(
      BatchReader result, QueryTally tally, StatementLimits limits, Cancellation cancellation) {
    this.result = result;
    this.tally = tally;
    this.limits = limits;
    this.cancellation = cancellation;
    Thread.ofVirtual().name("frazil-limits").start(this::watch);
  }

  @Override
  public @Nullable Batch next() {
    return result.next();
  }

  @Override
  public void close() {
    done.countDown();
    result.close();
  }

  private void watch() {
    try {
      FrazilException exceeded = null;
      while (exceeded == null && !done.await(pauseNanos(), TimeUnit.NANOSECONDS)) {
        exceeded = exceeded();
      }
      if (exceeded != null) {
        cancellation.stop(exceeded);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long pauseNanos() {
    Duration time = limits.time();
    return time == null
        ? INTERVAL.toNanos()
        : Math.clamp(saturated(time) - runNanos(), 0, INTERVAL.toNanos());
  }

  private @Nullable FrazilException exceeded() {
    Duration time = limits.time();
    if (time != null && runNanos() >= saturated(time)) {
      return StatementLimits.tooLong(time);
    }
    BigDecimal budget = limits.budget();
    if (budget == null) {
      return null;
    }
    double spent = tally.ledger().dollars();
    return spent <= budget.doubleValue()
        ? null
        : new FrazilException(
            ErrorCode.BUDGET_EXCEEDED,
            "The query was stopped at its budget of %s: %s are spent"
                .formatted(Dollars.text(budget), Dollars.text(spent)));
  }

  private long runNanos() {
    return System.nanoTime() - tally.startNanos();
  }

  /// In nanoseconds, of which a long holds 292 years.
  private static long saturated(Duration time) {
    return TimeUnit.NANOSECONDS.convert(time);
  }
}
