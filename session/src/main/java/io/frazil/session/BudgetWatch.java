package io.frazil.session;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.session.cost.Dollars;
import io.frazil.session.statistics.QueryTally;
import java.math.BigDecimal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A result whose query is stopped once it has cost more than it may: what runs costs on, although
/// no attempt is started.
final class BudgetWatch implements BatchReader {
  private static final long INTERVAL_MILLIS = 100;

  private final BatchReader result;
  private final QueryTally tally;
  private final BigDecimal budget;
  private final Cancellation cancellation;
  private final CountDownLatch done = new CountDownLatch(1);

  /// Watches until it is closed.
  ///
  /// @param result closed with this
  /// @param budget in dollars
  BudgetWatch(BatchReader result, QueryTally tally, BigDecimal budget, Cancellation cancellation) {
    this.result = result;
    this.tally = tally;
    this.budget = budget;
    this.cancellation = cancellation;
    Thread.ofVirtual().name("frazil-budget").start(this::watch);
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
      while (!done.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
        double spent = tally.ledger().dollars();
        if (spent > budget.doubleValue()) {
          cancellation.stop(
              new FrazilException(
                  ErrorCode.BUDGET_EXCEEDED,
                  "The query was stopped at its budget of %s: %s are spent"
                      .formatted(Dollars.text(budget), Dollars.text(spent))));
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
