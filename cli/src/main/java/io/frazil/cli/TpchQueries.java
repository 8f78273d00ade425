package io.frazil.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The 22 queries of TPC-H in their specification's text, as `benchmarks/queries/tpch` has them.
final class TpchQueries {
  private TpchQueries() {}

  /// A query's script: one statement, or three where it makes a view.
  static String text(int number) {
    try (InputStream in = TpchQueries.class.getResourceAsStream("/tpch/q" + number + ".sql")) {
      if (in == null) {
        throw new IllegalArgumentException("TPC-H has no query " + number);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
