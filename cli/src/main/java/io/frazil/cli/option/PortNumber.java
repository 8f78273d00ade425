package io.frazil.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A TCP port, or 0 for any that is free.
public final class PortNumber implements ITypeConverter<Integer> {
  private static final int LAST = 65_535;

  @Override
  public Integer convert(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= LAST) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw wanted();
    }
    throw wanted();
  }

  private static TypeConversionException wanted() {
    return new TypeConversionException("a port from 0 to " + LAST);
  }
}
