package io.frazil.coordinator.http;

import io.frazil.coordinator.query.Answers;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.events.QueryRequest;
import io.frazil.session.QueryHandle;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import io.frazil.sql.Statement;
import io.frazil.sql.parser.StatementParser;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// The catalog that sessions look names up in.
///
/// @param sessions what a request's session is made of
/// @param catalog its name
public record SessionCatalog(Supplier<SessionBuilder> sessions, String catalog)
    implements HttpDoor.CatalogView {
  private static final String EXPLAIN = "EXPLAIN ";

  @Override
  public HttpDoor.Plan explain(QueryRequest request) {
    if (!(StatementParser.parse(request.sql()) instanceof Statement.Query)) {
      // EXPLAIN in front of more than a query could be one that runs.
      throw new FrazilException(
          ErrorCode.INVALID_QUERY, "Only a query can be explained: SELECT, WITH, VALUES");
    }
    SessionBuilder builder = sessions.get();
    request.views().forEach(builder::view);
    String schema = request.schema();
    if (schema != null) {
      String named = request.catalog();
      SessionBuilder _ = builder.defaults(named == null ? catalog : named, schema);
    }
    try (SessionContext session = builder.build();
        QueryHandle plan = session.sql(EXPLAIN + request.sql(), request.parameters())) {
      return new HttpDoor.Plan(
          plan.rows().stream().map(row -> String.valueOf(row.getFirst())).toList(),
          Answers.estimate(session.estimate(request.sql(), request.parameters())));
    } catch (FrazilException e) {
      throw inTheRequest(e);
    }
  }

  /// The same error with its place in what was sent.
  private static FrazilException inTheRequest(FrazilException e) {
    return e.position()
        .filter(p -> p.line() == 1 && p.column() > EXPLAIN.length())
        .map(p ->
            new FrazilException(
                e.code(),
                e.getMessage().replaceFirst("^line \\d+:\\d+: ", ""),
                new FrazilException.Position(1, p.column() - EXPLAIN.length()),
                e))
        .orElse(e);
  }

  @Override
  public List<String> schemas() {
    return provider().schemas().stream().sorted().toList();
  }

  @Override
  public List<String> tables(String schema) {
    CatalogProvider provider = provider();
    if (!provider.schemas().contains(schema)) {
      throw new FrazilException(
          ErrorCode.SCHEMA_NOT_FOUND, "Schema '" + schema + "' does not exist");
    }
    return provider.tables(schema).stream().sorted().toList();
  }

  @Override
  public List<HttpDoor.Column> columns(String schema, String table) {
    return provider()
        .table(schema, table, TableVersion.CURRENT)
        .orElseThrow(() ->
            new FrazilException(
                ErrorCode.TABLE_NOT_FOUND, "Table '" + schema + "." + table + "' does not exist"))
        .schema()
        .fields()
        .stream()
        .map(f -> new HttpDoor.Column(f.name(), f.type().text(), f.nullable()))
        .toList();
  }

  private CatalogProvider provider() {
    try (SessionContext session = sessions.get().build()) {
      return Objects.requireNonNull(session.catalogs().get(catalog), catalog);
    }
  }
}
