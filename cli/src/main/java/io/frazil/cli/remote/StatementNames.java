package io.frazil.cli.remote;

import io.frazil.session.QueryHandle;
import io.frazil.session.SqlSession;
import java.util.List;

/// Names asked for by statements, where there is no other way to ask for them: each is a query.
record StatementNames(SqlSession session) implements RemoteCatalog.Names {
  @Override
  public List<String> schemas() {
    return names("SHOW SCHEMAS", 0);
  }

  @Override
  public List<String> tables(String schema) {
    return names("SHOW TABLES FROM " + quoted(schema), 1);
  }

  @Override
  public List<String> columns(String schema, String table) {
    return names("DESCRIBE " + quoted(schema) + "." + quoted(table), 0);
  }

  private List<String> names(String statement, int column) {
    try (QueryHandle query = session.sql(statement)) {
      return query.rows().stream().map(row -> String.valueOf(row.get(column))).toList();
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
