package io.frazil.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a user asks.
///
/// @param parameters values for the statement's `?`: texts, numbers, booleans or null
/// @param views CREATE VIEW statements: the views that the statement may name
/// @param token makes the request one that may be sent twice: the same token is the same query
/// @param catalog where names without one are looked up; null for the coordinator's default
/// @param schema likewise
/// @param format how the rows come; null for [Format#ROWS]
/// @param millisMax how long it may run; null for as long as the coordinator does
/// @param budgetDollars what it may cost at most, in US dollars; null for the deployment's default
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueryRequest(
    String sql,
    List<@Nullable Object> parameters,
    List<String> views,
    @Nullable String token,
    @Nullable String catalog,
    @Nullable String schema,
    @Nullable Format format,
    @Nullable Long millisMax,
    @Nullable BigDecimal budgetDollars) {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public QueryRequest {
    Json.require(!sql.isBlank(), "sql must not be blank");
    Json.require(millisMax == null || millisMax > 0, "millisMax must be positive");
    Json.require(
        budgetDollars == null || budgetDollars.signum() > 0, "budgetDollars must be positive");
    Json.require(
        token == null || TOKEN.matcher(token).matches(),
        "token must have 1 to 64 characters of A to Z, a to z, 0 to 9, '.', '_' and '-'");
    views = List.copyOf(views);
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

  /// How the rows of a result come.
  public enum Format {
    /// In the answer; where they are too many for it, as [#ARROW].
    @JsonProperty("rows")
    ROWS,
    /// As an Arrow IPC file beside the query's other objects.
    @JsonProperty("arrow")
    ARROW
  }

  /// A request for its rows in the answer, with defaults for all else.
  public static QueryRequest of(String sql) {
    return new QueryRequest(sql, List.of(), List.of(), null, null, null, null, null, null);
  }

  /// The same with values for its `?`.
  public QueryRequest withParameters(List<? extends @Nullable Object> values) {
    return new QueryRequest(
        sql,
        Collections.unmodifiableList(values),
        views,
        token,
        catalog,
        schema,
        format,
        millisMax,
        budgetDollars);
  }

  /// The same with the views that it may name.
  public QueryRequest withViews(List<String> statements) {
    return new QueryRequest(
        sql, parameters, statements, token, catalog, schema, format, millisMax, budgetDollars);
  }

  /// The same as one that may be sent twice.
  public QueryRequest withToken(@Nullable String other) {
    return new QueryRequest(
        sql, parameters, views, other, catalog, schema, format, millisMax, budgetDollars);
  }

  /// The same with names looked up elsewhere.
  public QueryRequest withDefaults(@Nullable String inCatalog, String inSchema) {
    return new QueryRequest(
        sql, parameters, views, token, inCatalog, inSchema, format, millisMax, budgetDollars);
  }

  /// The same with its rows as a file or in the answer.
  public QueryRequest withFormat(Format other) {
    return new QueryRequest(
        sql, parameters, views, token, catalog, schema, other, millisMax, budgetDollars);
  }

  /// The same with a limit on what it may cost, in US dollars.
  public QueryRequest withBudget(@Nullable BigDecimal dollars) {
    return new QueryRequest(
        sql, parameters, views, token, catalog, schema, format, millisMax, dollars);
  }
}
