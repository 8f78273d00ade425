package io.frazil.engine.type;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.Locale;

/// The type of a column or an expression, as SQL sees it. How its values lie in memory is
/// [#physical()].
///
/// The text form (`decimal(15,2)`, `timestamp(9)`) is both the JSON form and what EXPLAIN and
/// DESCRIBE print; [#parse] reads it back. [Types] has the common ones by name.
public sealed interface DataType {
  /// The types without parameters.
  enum Simple implements DataType {
    BOOLEAN(PhysicalType.BOOLEAN),
    /// 8, 16, 32 and 64 bits, signed.
    TINYINT(PhysicalType.INT),
    SMALLINT(PhysicalType.INT),
    INTEGER(PhysicalType.INT),
    BIGINT(PhysicalType.LONG),
    /// IEEE 754, 32 and 64 bits.
    REAL(PhysicalType.DOUBLE),
    DOUBLE(PhysicalType.DOUBLE),
    /// UTF-8 text of any length.
    VARCHAR(PhysicalType.STRING),
    /// Days since 1970-01-01 in the proleptic Gregorian calendar.
    DATE(PhysicalType.INT);

    private final PhysicalType physical;

    Simple(PhysicalType physical) {
      this.physical = physical;
    }

    @Override
    public PhysicalType physical() {
      return physical;
    }
  }

  /// An exact number of at most `precision` digits, `scale` of them behind the point.
  ///
  /// @param precision 1 to 38
  /// @param scale 0 to `precision`
  record Decimal(int precision, int scale) implements DataType {
    public static final int MAX_PRECISION = 38;

    /// The largest precision whose every value fits a long.
    public static final int MAX_LONG_PRECISION = 18;

    public Decimal {
      if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
        throw new FrazilException(
            ErrorCode.INVALID_ARGUMENT,
            "decimal(%d,%d) does not exist: precision is 1 to 38, scale 0 to the precision"
                .formatted(precision, scale));
      }
    }

    @Override
    public PhysicalType physical() {
      return precision <= MAX_LONG_PRECISION ? PhysicalType.LONG : PhysicalType.INT128;
    }

    @Override
    public String toString() {
      return "decimal(" + precision + "," + scale + ")";
    }
  }

  /// Time since 1970-01-01T00:00:00 in units of 10^-`precision` seconds: UTC if `zoned`, a wall
  /// clock's otherwise.
  ///
  /// @param precision 6 (microseconds) or 9 (nanoseconds)
  record Timestamp(int precision, boolean zoned) implements DataType {
    public Timestamp {
      if (precision != 6 && precision != 9) {
        throw new FrazilException(
            ErrorCode.NOT_SUPPORTED,
            "timestamp(%d) is not supported: precision is 6 or 9".formatted(precision));
      }
    }

    /// How many units a second has.
    public long unitsPerSecond() {
      return precision == 6 ? 1_000_000L : 1_000_000_000L;
    }

    @Override
    public PhysicalType physical() {
      return PhysicalType.LONG;
    }

    @Override
    public String toString() {
      return "timestamp" + (precision == 6 ? "" : "(9)") + (zoned ? " with time zone" : "");
    }
  }

  /// How values of this type lie in a vector. A decimal may come in either of two widths, a batch
  /// at a time; this is the one that its precision always fits.
  PhysicalType physical();

  default boolean isInteger() {
    return this == Simple.TINYINT
        || this == Simple.SMALLINT
        || this == Simple.INTEGER
        || this == Simple.BIGINT;
  }

  default boolean isFloating() {
    return this == Simple.REAL || this == Simple.DOUBLE;
  }

  default boolean isNumeric() {
    return isInteger() || isFloating() || this instanceof Decimal;
  }

  /// The text form: lower case, as in SQL.
  default String text() {
    return this instanceof Simple simple
        ? simple.name().toLowerCase(Locale.ROOT)
        : String.valueOf(this);
  }

  /// Reads the text form back.
  ///
  /// @throws FrazilException INVALID_ARGUMENT where it is none
  static DataType parse(String text) {
    for (Simple simple : Simple.values()) {
      if (simple.text().equals(text)) {
        return simple;
      }
    }
    if (text.startsWith("timestamp")) {
      for (int precision : new int[] {6, 9}) {
        for (boolean zoned : new boolean[] {false, true}) {
          var timestamp = new Timestamp(precision, zoned);
          if (timestamp.text().equals(text)) {
            return timestamp;
          }
        }
      }
    }
    if (text.startsWith("decimal(") && text.endsWith(")")) {
      String[] parts = text.substring("decimal(".length(), text.length() - 1).split(",", 2);
      try {
        return new Decimal(Integer.parseInt(parts[0]), Integer.parseInt(parts[parts.length - 1]));
      } catch (NumberFormatException e) {
        throw notAType(text);
      }
    }
    throw notAType(text);
  }

  private static FrazilException notAType(String text) {
    return new FrazilException(ErrorCode.INVALID_ARGUMENT, "'" + text + "' is not a type");
  }
}
