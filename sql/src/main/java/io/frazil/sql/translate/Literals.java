package io.frazil.sql.translate;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.type.DataType;
import io.frazil.sql.bind.RelTypes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;

/// Constants, from Calcite's form to the engine's and back.
public final class Literals {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long SECONDS_PER_DAY = 86_400L;
  private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

  private Literals() {}

  public static Literal toEngine(RexLiteral literal) {
    DataType type = RelTypes.toEngine(literal.getType());
    return literal.isNull() ? new Literal(null, type) : toEngine(literal, type);
  }

  /// As a literal of `type`, which is of the same kind as the literal's own.
  public static Literal toEngine(RexLiteral literal, DataType type) {
    Object value =
        switch (type) {
          case DataType.Simple.BOOLEAN -> literal.getValueAs(Boolean.class);
          case DataType.Simple.VARCHAR -> literal.getValueAs(String.class);
          case DataType.Simple.REAL, DataType.Simple.DOUBLE -> literal.getValueAs(Double.class);
          case DataType.Simple.DATE ->
              (long) present(literal.getValueAs(DateString.class)).getDaysSinceEpoch();
          case DataType.Decimal(int _, int scale) ->
              present(literal.getValueAs(BigDecimal.class)).setScale(scale, RoundingMode.HALF_UP);
          case DataType.Timestamp timestamp ->
              units(present(literal.getValueAs(TimestampString.class)), timestamp);
          case DataType.Simple _ -> present(literal.getValueAs(BigDecimal.class)).longValueExact();
        };
    return new Literal(value, type);
  }

  private static <T> T present(@org.jspecify.annotations.Nullable T value) {
    if (value == null) {
      throw new FrazilException(ErrorCode.INVALID_LITERAL, "A literal is not of its type");
    }
    return value;
  }

  private static long units(TimestampString text, DataType.Timestamp type) {
    LocalDateTime time = LocalDateTime.parse(text.toString().replace(' ', 'T'));
    long units = type.unitsPerSecond();
    return Math.addExact(
        Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), units),
        time.get(ChronoField.NANO_OF_SECOND) / (NANOS_PER_SECOND / units));
  }

  /// Whether Calcite has a literal for it: its numbers are decimals, without infinities and without
  /// a zero below zero, and its years have four digits.
  static boolean exists(Literal literal) {
    return switch (literal.value()) {
      case Double number -> Double.isFinite(number) && !number.equals(-0.0);
      case Long day when literal.type() == DataType.Simple.DATE -> isInYears(day);
      case Long time when literal.type() instanceof DataType.Timestamp type ->
          isInYears(Math.floorDiv(time, type.unitsPerSecond() * SECONDS_PER_DAY));
      case null, default -> true;
    };
  }

  private static boolean isInYears(long day) {
    return FIRST_DAY <= day && day <= LAST_DAY;
  }

  public static RexNode toRel(RexBuilder builder, Literal literal, RelDataType type) {
    Object value = literal.value();
    if (value == null) {
      return builder.makeNullLiteral(type);
    }
    return switch (literal.type()) {
      case DataType.Simple.BOOLEAN -> builder.makeLiteral((Boolean) value);
      case DataType.Simple.VARCHAR -> builder.makeLiteral(value, type, false);
      case DataType.Simple.REAL, DataType.Simple.DOUBLE ->
          builder.makeApproxLiteral(new BigDecimal((Double) value), type);
      case DataType.Simple.DATE ->
          builder.makeDateLiteral(DateString.fromDaysSinceEpoch(Math.toIntExact((Long) value)));
      case DataType.Decimal _ -> builder.makeExactLiteral((BigDecimal) value, type);
      case DataType.Timestamp timestamp -> timestamp(builder, (Long) value, timestamp, type);
      case DataType.Simple _ -> builder.makeExactLiteral(BigDecimal.valueOf((Long) value), type);
    };
  }

  private static RexNode timestamp(
      RexBuilder builder, long value, DataType.Timestamp timestamp, RelDataType type) {
    long units = timestamp.unitsPerSecond();
    long seconds = Math.floorDiv(value, units);
    int nanos = Math.toIntExact(Math.floorMod(value, units) * (NANOS_PER_SECOND / units));
    LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    TimestampString text =
        new TimestampString(
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond())
            .withNanos(nanos);
    return timestamp.zoned()
        ? builder.makeTimestampWithLocalTimeZoneLiteral(text, type.getPrecision())
        : builder.makeTimestampLiteral(text, type.getPrecision());
  }
}
