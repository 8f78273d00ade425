package io.frazil.cli.option;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A time above nothing: `500ms`, `30s`, `5m`, `1h`; seconds where no unit is said.
public final class TimeSpan implements ITypeConverter<Duration> {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

  @Override
  public Duration convert(String value) {
    Matcher span = SPAN.matcher(value.toLowerCase(Locale.ROOT));
    if (span.matches()) {
      long count = Long.parseLong(span.group(1));
      Duration time =
          switch (span.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case null, default -> Duration.ofSeconds(count);
          };
      if (time.isPositive()) {
        return time;
      }
    }
    throw new TypeConversionException("a time such as 30s, 5m or 1h");
  }
}
