package io.frazil.engine.kernel;

import io.frazil.engine.text.TextBuffer;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `docs/decisions/0003-casts.md` says of one value, over the JDK's own numbers and times.
/// Values are those of `RandomVectors.value`: dates are days and timestamps units.
final class CastModel {
  private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");
  private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "off", "0");

  private CastModel() {}

  /// The value as another type; null where it has no place there.
  static @Nullable Object cast(Object value, DataType from, DataType to) {
    try {
      return switch (to) {
        case DataType.Simple.BOOLEAN -> truth(value);
        case DataType.Simple.TINYINT,
            DataType.Simple.SMALLINT,
            DataType.Simple.INTEGER,
            DataType.Simple.BIGINT ->
            whole(value, to);
        case DataType.Simple.REAL, DataType.Simple.DOUBLE -> floating(value, from, to);
        case DataType.Decimal type -> decimal(value, from, type);
        case DataType.Simple.VARCHAR -> text(value, from);
        case DataType.Simple.DATE -> day(value, from);
        case DataType.Timestamp type -> units(value, from, type);
      };
    } catch (NumberFormatException | ArithmeticException | DateTimeException _) {
      return null;
    }
  }

  /// What a null slot of the type holds.
  static Object zero(DataType type) {
    return switch (type) {
      case DataType.Simple.BOOLEAN -> false;
      case DataType.Simple.REAL, DataType.Simple.DOUBLE -> 0.0;
      case DataType.Simple.VARCHAR -> "";
      case DataType.Decimal(int _, int scale) -> BigDecimal.ZERO.setScale(scale);
      case DataType.Simple _, DataType.Timestamp _ -> 0L;
    };
  }

  private static @Nullable Boolean truth(Object value) {
    return switch (value) {
      case Boolean b -> b;
      case Double d -> d != 0;
      case String s -> {
        String word = s.strip().toLowerCase(Locale.ROOT);
        yield TRUE.contains(word) ? Boolean.TRUE : FALSE.contains(word) ? Boolean.FALSE : null;
      }
      case Object number -> new BigDecimal(number.toString()).signum() != 0;
    };
  }

  private static @Nullable Long whole(Object value, DataType to) {
    BigInteger whole =
        switch (value) {
          case Boolean b -> b ? BigInteger.ONE : BigInteger.ZERO;
          case Double d -> new BigDecimal(d).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
          case String s -> new BigInteger(s.strip());
          case Object number ->
              new BigDecimal(number.toString()).setScale(0, RoundingMode.HALF_UP).toBigInteger();
        };
    long exact = whole.longValueExact();
    return exact < Integers.min(to) || exact > Integers.max(to) ? null : exact;
  }

  private static Double floating(Object value, DataType from, DataType to) {
    String digits =
        switch (value) {
          case Boolean b -> b ? "1" : "0";
          case Double d when from == Types.REAL && to == Types.REAL ->
              Float.toString(d.floatValue());
          case String s
              when s.chars().anyMatch(c -> Character.isLetter(c) && c != 'E' && c != 'e') ->
              throw new NumberFormatException(s);
          case Object number -> number.toString();
        };
    return to == Types.REAL ? (double) Float.parseFloat(digits) : Double.parseDouble(digits);
  }

  private static @Nullable BigDecimal decimal(Object value, DataType from, DataType.Decimal to) {
    String digits =
        switch (value) {
          case Boolean b -> b ? "1" : "0";
          case Double d when from == Types.REAL -> Float.toString(d.floatValue());
          case String s -> s.strip();
          case Object number -> number.toString();
        };
    BigDecimal scaled = new BigDecimal(digits).setScale(to.scale(), RoundingMode.HALF_UP);
    return scaled.precision() > to.precision() && scaled.signum() != 0 ? null : scaled;
  }

  /// Of floating point, what `TextBufferTest` proves.
  private static String text(Object value, DataType from) {
    return switch (from) {
      case DataType.Simple.REAL ->
          new TextBuffer().appendFloat(((Double) value).floatValue()).toString();
      case DataType.Simple.DOUBLE -> new TextBuffer().appendDouble((Double) value).toString();
      case DataType.Decimal _ -> ((BigDecimal) value).toPlainString();
      case DataType.Simple.DATE -> LocalDate.ofEpochDay((Long) value).toString();
      case DataType.Timestamp type -> time(type, (Long) value);
      case DataType.Simple _ -> value.toString();
    };
  }

  private static String time(DataType.Timestamp type, long units) {
    long perSecond = type.unitsPerSecond();
    long nanos = Math.floorMod(units, perSecond) * (1_000_000_000L / perSecond);
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(Math.floorDiv(units, perSecond), (int) nanos, ZoneOffset.UTC);
    String clock = time.toLocalTime().truncatedTo(ChronoUnit.SECONDS).toString();
    String seconds = clock.length() == 5 ? ":00" : "";
    String fraction = nanos == 0 ? "" : "." + "%09d".formatted(nanos).replaceAll("0+$", "");
    return time.toLocalDate() + " " + clock + seconds + fraction + (type.zoned() ? "+00" : "");
  }

  private static Long day(Object value, DataType from) {
    return switch (from) {
      case DataType.Simple.VARCHAR ->
          (long) Math.toIntExact(LocalDate.parse(((String) value).strip()).toEpochDay());
      case DataType.Timestamp type -> Math.floorDiv((Long) value, 86_400 * type.unitsPerSecond());
      case DataType.Simple _, DataType.Decimal _ -> (Long) value;
    };
  }

  private static Long units(Object value, DataType from, DataType.Timestamp to) {
    BigInteger perSecond = BigInteger.valueOf(to.unitsPerSecond());
    return switch (from) {
      case DataType.Simple.VARCHAR -> {
        LocalDateTime time = LocalDateTime.parse(((String) value).strip());
        yield BigInteger.valueOf(time.toEpochSecond(ZoneOffset.UTC))
            .multiply(perSecond)
            .add(BigInteger.valueOf(time.getNano() / (1_000_000_000L / to.unitsPerSecond())))
            .longValueExact();
      }
      case DataType.Timestamp type ->
          type.unitsPerSecond() > to.unitsPerSecond()
              ? Math.floorDiv((Long) value, type.unitsPerSecond() / to.unitsPerSecond())
              : Math.multiplyExact((Long) value, to.unitsPerSecond() / type.unitsPerSecond());
      case DataType.Simple _, DataType.Decimal _ ->
          Math.multiplyExact((Long) value, 86_400 * to.unitsPerSecond());
    };
  }
}
