package io.frazil.oracle;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// DuckDB in this process, set as near to our semantics as its settings go.
public final class DuckDbOracle implements AutoCloseable {
  private final Connection connection;

  public DuckDbOracle() {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      execute("SET integer_division = true");
      execute("SET default_null_order = 'nulls_last_on_asc_first_on_desc'");
      execute("SET threads = 2");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Makes Parquet files known as a view.
  ///
  /// @param files may hold a glob
  public void view(String name, Path files) {
    String literal = files.toString().replace("'", "''");
    execute("CREATE VIEW " + name + " AS SELECT * FROM read_parquet('" + literal + "')");
  }

  public void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  public Answer query(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      var columns = new ArrayList<String>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        columns.add(result.getMetaData().getColumnLabel(i));
      }
      var rows = new ArrayList<List<@Nullable Object>>();
      while (result.next()) {
        var row = new ArrayList<@Nullable Object>();
        for (int i = 1; i <= columns.size(); i++) {
          row.add(value(result, i));
        }
        rows.add(row);
      }
      return new Answer(columns, rows);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// A timestamp as it is: [Timestamp] would move those that the machine's zone leaves out when its
  /// clocks are set forward.
  private static @Nullable Object value(ResultSet result, int column) throws SQLException {
    Object value = result.getObject(column);
    return value instanceof Timestamp ? result.getObject(column, LocalDateTime.class) : value;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
