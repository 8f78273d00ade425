package io.frazil.cli.client;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.session.QueryHandle;
import io.frazil.session.SqlSession;
import io.frazil.session.StatementLimits;
import io.frazil.sql.Statement;
import io.frazil.sql.Statement.Existing;
import io.frazil.sql.parser.StatementParser;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A session whose statements a coordinator runs, each as a message. What a session is beyond its
/// statements, its views, is kept here and goes with every request.
public final class CoordinatorSession implements SqlSession {
  private final Coordinator coordinator;
  private final Map<String, CatalogProvider> catalogs;
  private final StatementLimits limits;
  private final Map<String, String> views = new LinkedHashMap<>();

  /// @param catalogs those of the coordinator, for completing names
  public CoordinatorSession(Coordinator coordinator, Map<String, CatalogProvider> catalogs) {
    this(coordinator, catalogs, StatementLimits.NONE);
  }

  /// @param limits of each statement, where they are not the coordinator's
  public CoordinatorSession(
      Coordinator coordinator, Map<String, CatalogProvider> catalogs, StatementLimits limits) {
    this.coordinator = coordinator;
    this.catalogs = catalogs;
    this.limits = limits;
  }

  @Override
  public QueryHandle sql(String statement) {
    return sql(statement, List.of());
  }

  @Override
  public QueryHandle sql(String text, List<? extends @Nullable Object> parameters) {
    Statement statement = StatementParser.parse(text);
    var query = new CoordinatedQuery(coordinator, request(text, parameters));
    try {
      remember(statement, text, query);
      return query;
    } catch (RuntimeException | Error e) {
      query.close();
      throw e;
    }
  }

  /// Waits for a statement without rows, and keeps what stays with the session.
  private void remember(Statement statement, String text, CoordinatedQuery query) {
    switch (statement) {
      case Statement.CreateView create -> {
        QueryResponse _ = query.await();
        keep(create, text);
      }
      case Statement.DropView drop -> {
        QueryResponse _ = query.await();
        views.remove(drop.name().getFirst());
      }
      case Statement.CreateTable _,
          Statement.DropTable _,
          Statement.CreateSchema _,
          Statement.DropSchema _ -> {
        QueryResponse _ = query.await();
      }
      case Statement.Query _,
          Statement.Explain _,
          Statement.CreateTableAs _,
          Statement.Insert _,
          Statement.ShowTables _,
          Statement.ShowSchemas _,
          Statement.Describe _ -> {
        // These are waited for by whoever takes their rows or their count.
      }
    }
  }

  @Override
  public Map<String, CatalogProvider> catalogs() {
    return catalogs;
  }

  private QueryRequest request(String text, List<? extends @Nullable Object> parameters) {
    Duration time = limits.time();
    try {
      return QueryRequest.of(text)
          .withParameters(scalars(parameters))
          .withViews(List.copyOf(views.values()))
          .withToken(UUID.randomUUID().toString())
          .withFormat(QueryRequest.Format.ARROW)
          .withBudget(limits.budget())
          .withTimeLimit(time == null ? null : Math.max(1, time.toMillis()));
    } catch (IllegalArgumentException e) {
      // It is longer than a message may be, or has more parameters, or its views do.
      throw new FrazilException(ErrorCode.INVALID_ARGUMENT, String.valueOf(e.getMessage()), e);
    }
  }

  private void keep(Statement.CreateView create, String text) {
    String name = create.name().getFirst();
    if (create.existing() != Existing.SKIP || !views.containsKey(name)) {
      views.put(name, text);
    }
  }

  /// The values in the kinds that messages have.
  private static List<@Nullable Object> scalars(List<? extends @Nullable Object> parameters) {
    var scalars = new ArrayList<@Nullable Object>();
    for (Object parameter : parameters) {
      scalars.add(
          switch (parameter) {
            case null -> null;
            case Byte n -> n.longValue();
            case Short n -> n.longValue();
            case Integer n -> n.longValue();
            case Long n -> n;
            case Boolean b -> b;
            case BigDecimal n -> n;
            default -> parameter.toString();
          });
    }
    return scalars;
  }
}
