package io.frazil.benchmarks.cost;

import io.frazil.session.SqlSession;
import io.frazil.sql.Statement;
import io.frazil.sql.parser.Script;
import io.frazil.sql.parser.StatementParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The queries of TPC-H, each one statement.
///
/// @param session where the views are made that they need
/// @param folder of `q1.sql` to `q22.sql`
record TpchStatements(SqlSession session, Path folder) {
  private static final int QUERIES = 22;

  /// @param number from 1
  record Numbered(int number, String sql) {}

  /// @param only the one that is wanted; empty for all
  List<Numbered> queries(Optional<Integer> only) throws IOException {
    var queries = new ArrayList<Numbered>();
    for (int number = only.orElse(1); number <= only.orElse(QUERIES); number++) {
      queries.add(
          new Numbered(number, query(Files.readString(folder.resolve("q" + number + ".sql")))));
    }
    return queries;
  }

  /// The one statement of a script that is a query; the view that it needs is made.
  private String query(String script) {
    String query = "";
    for (String statement : Script.split(script)) {
      switch (StatementParser.parse(statement)) {
        case Statement.Query _ -> query = statement;
        case Statement.CreateView _ -> session.sql(statement).close();
        default -> {
          // The view stays.
        }
      }
    }
    return query;
  }
}
