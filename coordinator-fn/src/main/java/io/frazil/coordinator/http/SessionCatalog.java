package io.frazil.coordinator.http;

import io.frazil.coordinator.query.Answers;
import io.frazil.coordinator.query.RequestSettings;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.events.QueryRequest;
import io.frazil.session.Explanation;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// The catalog that sessions look names up in.
///
/// @param sessions what a request's session is made of
/// @param catalog its name
public record SessionCatalog(Supplier<SessionBuilder> sessions, String catalog)
    implements HttpDoor.CatalogView {
  @Override
  public HttpDoor.Plan explain(QueryRequest request) {
    try (SessionContext session = RequestSettings.add(sessions.get(), request).build()) {
      Explanation found = session.explain(request.sql(), request.parameters());
      return new HttpDoor.Plan(found.lines(), Answers.estimate(found.estimate()));
    }
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
