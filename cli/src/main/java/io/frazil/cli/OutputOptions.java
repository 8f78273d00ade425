package io.frazil.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How results are written.
final class OutputOptions {
  /// The formats of a result.
  enum Format {
    TABLE,
    CSV,
    JSON,
    NDJSON,
    ARROW,
    PARQUET
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = {
        "table (default), csv, json (an array), ndjson (a line a row), arrow (IPC stream), parquet."
      })
  private Format format = Format.TABLE;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = {"Write the result there; the file appears once it is complete."})
  private @Nullable Path file;

  @Option(
      names = "--stats",
      description =
          "Show what the query did: time, files and bytes, by stage, and its cost on Lambda.")
  private boolean statistics;

  Format format() {
    return format;
  }

  @Nullable Path file() {
    return file;
  }

  boolean statistics() {
    return statistics;
  }
}
