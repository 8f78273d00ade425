package io.frazil.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a user asks.
///
/// @param parameters values for the statement's `?`: texts, numbers, booleans or null
/// @param catalog where names without one are looked up; null for the coordinator's default
/// @param schema likewise
/// @param output where the rows go as an Arrow IPC file; null to have them in the answer
/// @param millisMax how long it may run; null for as long as the coordinator does
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueryRequest(
    String sql,
    List<@Nullable Object> parameters,
    @Nullable String catalog,
    @Nullable String schema,
    @Nullable String output,
    @Nullable Long millisMax) {
  public QueryRequest {
    Json.require(!sql.isBlank(), "sql must not be blank");
    Json.require(millisMax == null || millisMax > 0, "millisMax must be positive");
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    for (Object parameter : parameters) {
      boolean scalar =
          switch (parameter) {
            case null -> true;
            case String _, Boolean _, Long _, BigDecimal _ -> true;
            default -> false;
          };
      Json.require(scalar, "a parameter must be a text, a number, a boolean or null");
    }
  }

  /// A request for its rows in the answer, with defaults for all else.
  public static QueryRequest of(String sql) {
    return new QueryRequest(sql, List.of(), null, null, null, null);
  }
}
