package io.frazil.engine.parquet.write;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.VectorBuilder;
import io.frazil.engine.vector.VectorValues;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Another engine's reading of a file.
public final class DuckDb {
  private DuckDb() {}

  /// The rows of a file in its order, as the objects that [VectorValues] gives.
  public static List<List<Object>> read(String file, Schema schema) throws SQLException {
    String columns =
        schema.fields().stream().map(DuckDb::expression).collect(Collectors.joining(", "));
    List<List<Object>> rows = query("SELECT " + columns + " FROM '" + file + "'");
    for (List<Object> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        // Counts of time units become what they count.
        if (row.get(i) instanceof Long units && schema.type(i) instanceof DataType.Timestamp t) {
          row.set(i, VectorValues.value(VectorBuilder.of(t, units), 0));
        }
      }
    }
    return rows;
  }

  public static List<List<Object>> query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      try (ResultSet result = statement.executeQuery(sql)) {
        int width = result.getMetaData().getColumnCount();
        var rows = new ArrayList<List<Object>>();
        while (result.next()) {
          var row = new ArrayList<Object>();
          for (int i = 1; i <= width; i++) {
            row.add(result.getObject(i));
          }
          rows.add(row);
        }
        return rows;
      }
    }
  }

  private static String expression(Field field) {
    return field.type() instanceof DataType.Timestamp(int precision, boolean _)
        ? (precision == 6 ? "epoch_us(" : "epoch_ns(") + field.name() + ")"
        : field.name();
  }
}
