package io.frazil.localstack.doors;

import io.frazil.events.QueryRequest;
import io.frazil.oracle.Answer;
import io.frazil.oracle.TpchOracle;
import java.util.ArrayList;
import java.util.List;

/// A way by which queries are asked.
public interface Door {
  /// Asks, and waits for the end; asks again, with the same token, where an answer was lost.
  Outcome run(QueryRequest request);

  /// The id of the query that is asked for here with this token.
  String query(String token);

  /// Asks the query to stop that was asked for here with this token.
  void cancel(String token);

  /// This door to a session that remembers views, as clients do.
  ///
  /// A query that fails there fails the test.
  default TpchOracle.Engine engine() {
    return new TpchOracle.Engine() {
      private final List<String> views = new ArrayList<>();

      @Override
      public Answer query(String sql) {
        return run(QueryRequest.of(sql).withViews(views)).answer();
      }

      @Override
      public void execute(String statement) {
        if (statement.toLowerCase(java.util.Locale.ROOT).startsWith("create view")) {
          views.add(statement);
        } else {
          views.clear();
        }
      }
    };
  }
}
