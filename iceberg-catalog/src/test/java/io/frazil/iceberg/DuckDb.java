package io.frazil.iceberg;

import io.frazil.engine.plan.Split;
import io.frazil.engine.provider.ScanPlan;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Reads Parquet files as somebody else sees them.
final class DuckDb {
  private DuckDb() {}

  /// The rows of a scan's files, whole files at a time, in their order.
  static List<String> read(ScanPlan scan, String expressions) throws SQLException {
    return read(scan, expressions, "true");
  }

  static List<String> read(ScanPlan scan, String expressions, String condition)
      throws SQLException {
    if (scan.splits().isEmpty()) {
      return List.of();
    }
    String files =
        scan.splits().stream()
            .map(split -> "'" + ((Split.Parquet) split).location() + "'")
            .distinct()
            .collect(Collectors.joining(", "));
    return query(
        "SELECT %s FROM read_parquet([%s]) WHERE %s".formatted(expressions, files, condition));
  }

  /// The rows of a query, columns joined by bars.
  static List<String> query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      List<String> read = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        read.add(String.join("|", row));
      }
      return read;
    }
  }

  static void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      connection.createStatement().execute(sql);
    }
  }
}
