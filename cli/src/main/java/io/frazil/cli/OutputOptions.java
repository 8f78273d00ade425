package io.frazil.cli;

import io.frazil.cli.option.Format;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How results are written.
final class OutputOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = Format.Converter.class,
      description = {
        "table, csv, json (an array), ndjson (a line a row), arrow (IPC stream) or parquet.",
        "Default: table."
      })
  private Format format = Format.TABLE;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = {
        "Write the result there instead of to standard output. The file appears when it is",
        "complete; until then one that is there stays as it is."
      })
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
