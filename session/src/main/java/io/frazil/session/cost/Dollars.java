package io.frazil.session.cost;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Amounts for people: a query may cost a hundredth of a cent or ten dollars.
public final class Dollars {
  private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);

  private Dollars() {}

  /// Of a text such as `0.05`; null, for any amount, of none and an empty one.
  ///
  /// @throws FrazilException INVALID_ARGUMENT
  public static @Nullable BigDecimal parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      var amount = new BigDecimal(text);
      if (amount.signum() <= 0) {
        throw new FrazilException(
            ErrorCode.INVALID_ARGUMENT, "An amount of dollars is above 0, and not " + text);
      }
      return amount;
    } catch (NumberFormatException e) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "'" + text + "' is not an amount of dollars", e);
    }
  }

  /// With three digits that count and no less than whole cents: `$0.00`, `$0.0000213`, `$1204.50`.
  public static String text(double dollars) {
    return text(BigDecimal.valueOf(dollars));
  }

  public static String text(BigDecimal dollars) {
    boolean cents = dollars.abs().compareTo(BigDecimal.ONE) >= 0;
    BigDecimal rounded = cents ? dollars.setScale(2, RoundingMode.HALF_UP) : dollars.round(DIGITS);
    BigDecimal shown = rounded.stripTrailingZeros();
    return "$"
        + shown.setScale(Math.max(2, shown.scale()), RoundingMode.UNNECESSARY).toPlainString();
  }

  /// Both ends: `$0.0012 to $0.0034`; one of them where they look the same.
  public static String text(Interval dollars) {
    String low = text(dollars.low());
    String high = text(dollars.high());
    return low.equals(high) ? low : low + " to " + high;
  }
}
