package io.frazil.engine.provider;

import java.util.Collections;
import java.util.List;

/// What is known of a table without reading its data.
///
/// @param columns one for each column of the table's schema
public record TableStatistics(Statistic rows, List<ColumnStatistics> columns) {
  public TableStatistics {
    columns = List.copyOf(columns);
  }

  /// Nothing is known: `rows` is a guess.
  public static TableStatistics unknown(int columns) {
    return new TableStatistics(
        Statistic.estimate(1e6), Collections.nCopies(columns, ColumnStatistics.UNKNOWN));
  }
}
