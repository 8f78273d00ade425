package io.frazil.sql.parser;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `INTERVAL '1 year 2 months'`: an interval whose units stand inside its text.
///
/// It becomes an interval literal of months, or one of seconds; a text with both has no single
/// length and is refused.
public final class Intervals {
  private static final Pattern PART =
      Pattern.compile("\\s*([+-]?\\d+(?:\\.\\d+)?)\\s*([a-zA-Z]+)\\s*");

  private static final Pattern FRACTION = Pattern.compile("\\.\\d+");

  /// The digits that seconds have behind the point.
  private static final int MILLIS = 3;

  /// The most digits that an amount may have.
  private static final int PRECISION = 10;

  private Intervals() {}

  /// Whether a word names a unit, as in `INTERVAL '1' DAY`.
  public static boolean isUnit(String word) {
    return unit(word) != null;
  }

  /// Parses the text between the quotes.
  public static SqlLiteral parse(String text, SqlParserPos at) {
    var months = BigDecimal.ZERO;
    var seconds = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!part.find(end) || part.start() != end) {
        throw invalid(text, at);
      }
      var amount = new BigDecimal(part.group(1));
      Unit unit = unit(part.group(2));
      if (unit == null) {
        throw invalid(text, at);
      }
      months = months.add(amount.multiply(BigDecimal.valueOf(unit.months)));
      seconds = seconds.add(amount.multiply(unit.seconds));
      end = part.end();
    }
    if (text.isBlank() || months.stripTrailingZeros().scale() > 0) {
      throw invalid(text, at);
    }
    requireMillis(seconds, text, at);
    if (months.signum() != 0 && seconds.signum() != 0) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "An interval of both months and days is not supported: '" + text + "'",
          Positions.of(at),
          null);
    }
    return months.signum() != 0 ? literal(months, TimeUnit.MONTH, at) : seconds(seconds, at);
  }

  /// Refuses an interval that is no whole number of milliseconds, which is what literals hold.
  private static void requireMillis(BigDecimal seconds, String text, SqlParserPos at) {
    if (seconds.stripTrailingZeros().scale() > MILLIS) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "An interval of parts of a millisecond is not supported: '" + text + "'",
          Positions.of(at),
          null);
    }
  }

  /// The same of `INTERVAL '1.5' SECOND` and whatever else ends in seconds.
  static void requireMillis(SqlIntervalLiteral literal) {
    var interval = (SqlIntervalLiteral.IntervalValue) Objects.requireNonNull(literal.getValue());
    String text = interval.getIntervalLiteral();
    Matcher fraction = FRACTION.matcher(text);
    if (fraction.find()) {
      requireMillis(new BigDecimal(fraction.group()), text, literal.getParserPosition());
    }
  }

  private static SqlLiteral seconds(BigDecimal seconds, SqlParserPos at) {
    BigDecimal[] days = seconds.divideAndRemainder(Unit.DAY.seconds);
    return days[1].signum() == 0
        ? literal(days[0], TimeUnit.DAY, at)
        : literal(seconds, TimeUnit.SECOND, at);
  }

  private static SqlLiteral literal(BigDecimal amount, TimeUnit unit, SqlParserPos at) {
    String text = amount.abs().stripTrailingZeros().toPlainString();
    int fraction = unit == TimeUnit.SECOND ? 6 : -1;
    var qualifier = new SqlIntervalQualifier(unit, PRECISION, null, fraction, at);
    return SqlLiteral.createInterval(amount.signum() < 0 ? -1 : 1, text, qualifier, at);
  }

  private static FrazilException invalid(String text, SqlParserPos at) {
    return new FrazilException(
        ErrorCode.INVALID_LITERAL,
        "'" + text + "' is not an interval, such as '3 days' or '1 year 2 months'",
        Positions.of(at),
        null);
  }

  private static @Nullable Unit unit(String word) {
    String name = word.toUpperCase(Locale.ROOT);
    for (Unit unit : Unit.values()) {
      if (name.equals(unit.name()) || name.equals(unit.name() + "S")) {
        return unit;
      }
    }
    return null;
  }

  private enum Unit {
    YEAR(12, "0"),
    QUARTER(3, "0"),
    MONTH(1, "0"),
    WEEK(0, "604800"),
    DAY(0, "86400"),
    HOUR(0, "3600"),
    MINUTE(0, "60"),
    SECOND(0, "1"),
    MILLISECOND(0, "0.001"),
    MICROSECOND(0, "0.000001");

    private final int months;
    private final BigDecimal seconds;

    Unit(int months, String seconds) {
      this.months = months;
      this.seconds = new BigDecimal(seconds);
    }
  }
}
