package io.frazil.localstack.doors;

import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryResponse;
import io.frazil.oracle.Answer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a query ended, as its door told.
public sealed interface Outcome {
  record Answered(Answer answer) implements Outcome {
    static Answered of(
        List<QueryResponse.Column> columns, List<? extends List<? extends @Nullable Object>> rows) {
      var values = new ArrayList<List<@Nullable Object>>();
      for (List<? extends @Nullable Object> row : rows) {
        var decoded = new ArrayList<@Nullable Object>();
        for (int i = 0; i < columns.size(); i++) {
          decoded.add(value(columns.get(i).type(), row.get(i)));
        }
        values.add(decoded);
      }
      return new Answered(
          new Answer(columns.stream().map(QueryResponse.Column::name).toList(), values));
    }

    /// An answer of thousands of rows says nothing in a test's report.
    @Override
    public String toString() {
      return "an answer of %d rows".formatted(answer.rows().size());
    }
  }

  record Failed(ErrorMessage error) implements Outcome {}

  /// The door itself refused, as it had no room for another.
  record TooMany() implements Outcome {}

  /// The answer, of a query that is to have one.
  default Answer answer() {
    return switch (this) {
      case Answered(Answer answer) -> answer;
      case Failed(ErrorMessage error) ->
          throw new AssertionError("the query failed: " + error.code() + ": " + error.message());
      case TooMany() -> throw new AssertionError("the query was refused: too many");
    };
  }

  static Outcome of(QueryResponse response) {
    ErrorMessage error = response.error();
    return error == null ? Answered.of(response.columns(), response.rows()) : new Failed(error);
  }

  /// What JSON has as a text, as the value that it is.
  private static @Nullable Object value(String type, @Nullable Object json) {
    if (json == null) {
      return null;
    }
    String name = type.replaceAll("\\(.*", "").toUpperCase(Locale.ROOT);
    return switch (name) {
      case "DECIMAL" -> new BigDecimal((String) json);
      case "DATE" -> LocalDate.parse((String) json);
      case "DOUBLE", "REAL" -> ((Number) Objects.requireNonNull(json)).doubleValue();
      default -> json;
    };
  }
}
