package io.frazil.cli.option;

import io.frazil.engine.result.ResultFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How a result is written.
public enum Format {
  TABLE,
  CSV,
  JSON,
  NDJSON,
  ARROW,
  PARQUET;

  /// The engine's name for it; none where only people read it.
  public Optional<ResultFormat> encoding() {
    return switch (this) {
      case TABLE -> Optional.empty();
      case CSV -> Optional.of(ResultFormat.CSV);
      case JSON -> Optional.of(ResultFormat.JSON);
      case NDJSON -> Optional.of(ResultFormat.NDJSON);
      case ARROW -> Optional.of(ResultFormat.ARROW);
      case PARQUET -> Optional.of(ResultFormat.PARQUET);
    };
  }

  /// Whether several results can follow one another.
  public boolean isOfOneResult() {
    return switch (this) {
      case TABLE, CSV, NDJSON -> false;
      case JSON, ARROW, PARQUET -> true;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// From text, in either case.
  public static final class Converter implements ITypeConverter<Format> {
    @Override
    public Format convert(String value) {
      return Arrays.stream(values())
          .filter(format -> format.toString().equals(value.toLowerCase(Locale.ROOT)))
          .findAny()
          .orElseThrow(
              () -> new TypeConversionException("table, csv, json, ndjson, arrow or parquet"));
    }
  }
}
