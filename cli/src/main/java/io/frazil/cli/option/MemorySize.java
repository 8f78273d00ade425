package io.frazil.cli.option;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Sizes such as `512MB`. The launcher has sized the JVM by it before this process began; here it
/// is only checked, so that a wrong one is said rather than passed over.
public record MemorySize(long bytes) {
  /// What the JVM itself takes, and a little to work with.
  private static final double LEAST_MEGABYTES = 256;

  private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)([kmgt])(i?b)?");

  /// From text.
  public static final class Converter implements ITypeConverter<MemorySize> {
    @Override
    public MemorySize convert(String value) {
      Matcher size = SIZE.matcher(value.toLowerCase(Locale.ROOT));
      if (!size.matches()) {
        throw new TypeConversionException("a size such as 512MB or 2GB");
      }
      double megabytes = Double.parseDouble(size.group(1)) * factor(size.group(2));
      if (megabytes < LEAST_MEGABYTES) {
        throw new TypeConversionException("at least 256MB");
      }
      return new MemorySize((long) (megabytes * (1 << 20)));
    }

    private static double factor(String unit) {
      return Math.pow(1024, "kmgt".indexOf(unit) - 1.0);
    }
  }
}
