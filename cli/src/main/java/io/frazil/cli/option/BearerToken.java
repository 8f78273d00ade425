package io.frazil.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A token that is not blank: who passes an empty variable on does not mean to show none.
public final class BearerToken implements ITypeConverter<String> {
  @Override
  public String convert(String value) {
    if (value.isBlank()) {
      throw new TypeConversionException("a token");
    }
    return value;
  }
}
