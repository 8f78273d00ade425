package io.frazil.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A whole number of at least some least one.
public abstract sealed class WholeNumber implements ITypeConverter<Integer> {
  private final int least;

  private WholeNumber(int least) {
    this.least = least;
  }

  /// 0, 1, 2, ...
  public static final class FromZero extends WholeNumber {
    FromZero() {
      super(0);
    }
  }

  /// 1, 2, 3, ...
  public static final class FromOne extends WholeNumber {
    FromOne() {
      super(1);
    }
  }

  @Override
  public Integer convert(String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wanted();
    }
    throw wanted();
  }

  private TypeConversionException wanted() {
    return new TypeConversionException("a whole number of at least " + least);
  }
}
