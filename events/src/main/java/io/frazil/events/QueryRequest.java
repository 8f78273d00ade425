package io.frazil.events;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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
/// @param millisMax how long it may run, from when the first coordinator took it on; null for as
///   long as it takes
/// @param budgetDollars what it may cost at most, in US dollars; null for the deployment's default
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
  /// How long a statement may be, and all views together.
  public static final int SQL_CHARACTERS_MAX = 1_000_000;

  public static final int PARAMETERS_MAX = 1_000;
  public static final int VIEWS_MAX = 1_000;

  private static final int NAME_CHARACTERS_MAX = 255;

  /// More digits than any type holds; and a number of few digits may still stand for a gigabyte of
  /// them.
  private static final int DIGITS_MAX = 400;

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public QueryRequest {
    Json.require(!sql.isBlank(), "sql must not be blank");
    requireSql("sql", sql.length(), sql);
    Json.require(
        parameters.size() <= PARAMETERS_MAX,
        "there may be at most " + PARAMETERS_MAX + " parameters");
    Json.require(views.size() <= VIEWS_MAX, "there may be at most " + VIEWS_MAX + " views");
    Json.require(views.stream().allMatch(Objects::nonNull), "a view must be a text");
    long viewed = views.stream().mapToLong(String::length).sum();
    views.forEach(view -> requireSql("views", viewed, view));
    requireName("catalog", catalog);
    requireName("schema", schema);
    Json.require(millisMax == null || millisMax > 0, "millisMax must be positive");
    Json.require(
        budgetDollars == null || budgetDollars.signum() > 0, "budgetDollars must be positive");
    Json.require(
        budgetDollars == null || isBounded(budgetDollars), "budgetDollars has too many digits");
    Json.require(
        token == null || TOKEN.matcher(token).matches(),
        "token must have 1 to 64 characters of A to Z, a to z, 0 to 9, '.', '_' and '-'");
    views = List.copyOf(views);
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    for (Object parameter : parameters) {
      boolean scalar =
          switch (parameter) {
            case null -> true;
            case Boolean _, Long _ -> true;
            case String text -> Json.isUnicode(text);
            case BigDecimal number -> isBounded(number);
            default -> false;
          };
      Json.require(
          scalar,
          "a parameter must be a text, a number of at most %d digits, a boolean or null"
              .formatted(DIGITS_MAX));
    }
  }

  private static void requireSql(String name, long length, String text) {
    Json.require(
        length <= SQL_CHARACTERS_MAX,
        "%s may have at most %d characters, not %d".formatted(name, SQL_CHARACTERS_MAX, length));
    Json.require(Json.isUnicode(text), name + " must be Unicode: half of a character is in it");
  }

  private static void requireName(String member, @Nullable String name) {
    Json.require(
        name == null || (name.length() <= NAME_CHARACTERS_MAX && Json.isUnicode(name)),
        "%s must have at most %d characters".formatted(member, NAME_CHARACTERS_MAX));
  }

  private static boolean isBounded(BigDecimal number) {
    return Math.abs((long) number.scale()) <= DIGITS_MAX && number.precision() <= DIGITS_MAX;
  }

  /// How the rows of a result come.
  public enum Format {
    /// In the answer; where they are too many for it, as [#ARROW].
    ROWS,
    /// As an Arrow IPC file beside the query's other objects.
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

  /// The same with a limit on how long it may run, in milliseconds.
  public QueryRequest withTimeLimit(@Nullable Long millis) {
    return new QueryRequest(
        sql, parameters, views, token, catalog, schema, format, millis, budgetDollars);
  }
}
