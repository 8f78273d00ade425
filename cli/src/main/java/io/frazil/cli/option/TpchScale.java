package io.frazil.cli.option;

import io.frazil.cli.tpch.TpchGenerator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A scale factor that TPC-H can be generated at.
public final class TpchScale implements ITypeConverter<Double> {
  @Override
  public Double convert(String value) {
    double scale;
    try {
      scale = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      scale = Double.NaN;
    }
    if (!(scale >= TpchGenerator.SCALE_MIN) || Double.isInfinite(scale)) {
      throw new TypeConversionException("a number of at least " + TpchGenerator.SCALE_MIN);
    }
    return scale;
  }
}
