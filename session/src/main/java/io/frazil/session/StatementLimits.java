package io.frazil.session;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a statement may take at most.
///
/// @param budget in US dollars; null for any amount
/// @param time until its last row is taken; null for as long as it takes
public record StatementLimits(@Nullable BigDecimal budget, @Nullable Duration time) {
  public static final StatementLimits NONE = new StatementLimits(null, null);

  /// @throws FrazilException INVALID_ARGUMENT where one of them is not positive
  public StatementLimits {
    if (budget != null && budget.signum() <= 0) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "the budget must be positive, not " + budget);
    }
    if (time != null && !time.isPositive()) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "the time limit must be positive, not " + time);
    }
  }

  /// The same with another budget.
  public StatementLimits withBudget(@Nullable BigDecimal dollars) {
    return new StatementLimits(dollars, time);
  }

  /// The same with another limit of time.
  public StatementLimits withTime(@Nullable Duration limit) {
    return new StatementLimits(budget, limit);
  }

  boolean isNone() {
    return budget == null && time == null;
  }

  /// How a statement fails that ran longer than it may.
  public static FrazilException tooLong(Duration limit) {
    return new FrazilException(
        ErrorCode.TIME_LIMIT, "The query ran longer than its limit of " + limit.toMillis() + " ms");
  }
}
