package io.frazil.sql.bind;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.sql.parser.Positions;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/// Puts parameters' values in their places as literals, so that they are typed, folded and pushed
/// down as if they had been written there.
final class Parameters {
  private Parameters() {}

  static SqlNode substitute(SqlNode query, List<?> values) {
    SqlNode replaced =
        query.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlDynamicParam parameter) {
                int index = parameter.getIndex();
                if (index >= values.size()) {
                  throw new FrazilException(
                      ErrorCode.INVALID_ARGUMENT,
                      "Parameter %d has no value: %d were given"
                          .formatted(index + 1, values.size()),
                      Positions.of(parameter.getParserPosition()),
                      null);
                }
                return literal(values.get(index), parameter.getParserPosition());
              }
            });
    return replaced == null ? query : replaced;
  }

  private static SqlLiteral literal(@Nullable Object value, SqlParserPos at) {
    return switch (value) {
      case null -> SqlLiteral.createNull(at);
      case Boolean b -> SqlLiteral.createBoolean(b, at);
      case Byte n -> SqlLiteral.createExactNumeric(n.toString(), at);
      case Short n -> SqlLiteral.createExactNumeric(n.toString(), at);
      case Integer n -> SqlLiteral.createExactNumeric(n.toString(), at);
      case Long n -> SqlLiteral.createExactNumeric(n.toString(), at);
      case BigDecimal n -> SqlLiteral.createExactNumeric(n.toPlainString(), at);
      case Float n -> SqlLiteral.createApproxNumeric(finite(n), at);
      case Double n -> SqlLiteral.createApproxNumeric(finite(n), at);
      case String s -> SqlLiteral.createCharString(s, "UTF-8", at);
      case LocalDate d -> SqlLiteral.createDate(new DateString(inYears(d, at).toString()), at);
      case LocalDateTime t ->
          SqlLiteral.createTimestamp(
              org.apache.calcite.sql.type.SqlTypeName.TIMESTAMP, timestamp(t, at), 6, at);
      default ->
          throw new FrazilException(
              ErrorCode.INVALID_ARGUMENT,
              "A parameter cannot be a " + value.getClass().getSimpleName(),
              Positions.of(at),
              null);
    };
  }

  private static String finite(Number number) {
    double value = number.doubleValue();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "A parameter cannot be " + value + "; write a cast of text");
    }
    return new BigDecimal(value).toEngineeringString().contains("E")
        ? new BigDecimal(value).toString()
        : value + (String.valueOf(value).contains("E") ? "" : "E0");
  }

  /// Refuses a day whose year has not four digits, which literals' have.
  private static LocalDate inYears(LocalDate day, SqlParserPos at) {
    if (day.getYear() < 1 || day.getYear() > 9999) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "A parameter's year lies between 1 and 9999: " + day,
          Positions.of(at),
          null);
    }
    return day;
  }

  private static TimestampString timestamp(LocalDateTime time, SqlParserPos at) {
    inYears(time.toLocalDate(), at);
    return new TimestampString(
            time.getYear(),
            time.getMonthValue(),
            time.getDayOfMonth(),
            time.getHour(),
            time.getMinute(),
            time.getSecond())
        .withNanos(time.getNano());
  }
}
