package io.frazil.coordinator.http;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.result.ResultFormat;
import java.util.Arrays;
import java.util.Locale;

/// As what a whole result can be had.
enum DownloadFormat {
  /// An IPC file, as it was written when the query ended.
  ARROW(ResultFormat.ARROW),
  PARQUET(ResultFormat.PARQUET),
  CSV(ResultFormat.CSV);

  private final ResultFormat encoding;

  DownloadFormat(ResultFormat encoding) {
    this.encoding = encoding;
  }

  /// @throws FrazilException INVALID_ARGUMENT
  static DownloadFormat of(String name) {
    return Arrays.stream(values())
        .filter(format -> format.toString().equals(name))
        .findAny()
        .orElseThrow(() ->
            new FrazilException(
                ErrorCode.INVALID_ARGUMENT,
                "There is no format '%s': json, arrow, parquet, csv".formatted(name)));
  }

  ResultFormat encoding() {
    return encoding;
  }

  /// As requests and the names of objects have it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
