package io.frazil.sql.parser;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Points in time as text.
final class Timestamps {
  private static final int DATE_LENGTH = "2026-01-01".length();

  private Timestamps() {}

  /// Microseconds since 1970 UTC of `2026-01-01`, `2026-01-01 12:00:00` (in `zone`) or
  /// `2026-01-01T12:00:00Z`.
  static long micros(String text, ZoneId zone, SqlParserPos at) {
    String iso = text.trim().replace(' ', 'T');
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant(iso, zone));
    } catch (DateTimeException e) {
      throw new FrazilException(
          ErrorCode.INVALID_LITERAL,
          "'" + text + "' is not a timestamp, such as '2026-01-31 12:00:00'",
          Positions.of(at),
          e);
    }
  }

  private static Instant instant(String iso, ZoneId zone) {
    if (iso.length() <= DATE_LENGTH) {
      return LocalDate.parse(iso).atStartOfDay(zone).toInstant();
    }
    boolean offset = iso.endsWith("Z") || iso.substring(DATE_LENGTH).matches(".*[+-].*");
    return offset
        ? OffsetDateTime.parse(iso).toInstant()
        : LocalDateTime.parse(iso).atZone(zone).toInstant();
  }
}
