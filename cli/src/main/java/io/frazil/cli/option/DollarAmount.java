package io.frazil.cli.option;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// An amount of dollars above nothing: `0.05`, `$2`.
public final class DollarAmount implements ITypeConverter<BigDecimal> {
  @Override
  public BigDecimal convert(String value) {
    try {
      var amount = new BigDecimal(value.startsWith("$") ? value.substring(1) : value);
      if (amount.signum() > 0) {
        return amount;
      }
    } catch (NumberFormatException e) {
      throw wanted();
    }
    throw wanted();
  }

  private static TypeConversionException wanted() {
    return new TypeConversionException("an amount of dollars such as 0.05");
  }
}
