package io.frazil.sql;

import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.TableProvider;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What names mean, and everything else that a plan depends on besides the text.
///
/// @param catalogs by name
/// @param catalog the current one, searched for names without a catalog
/// @param schema the current one, searched for names without a schema
/// @param tables the session's own, found before any catalog's
/// @param views the session's own
/// @param files the table that a path in `FROM 'path'` stands for, or empty where there is no such
///   file
/// @param zone what wall-clock times without a zone are meant in
/// @param now what `now()` is for the whole query
public record SqlEnvironment(
    Map<String, CatalogProvider> catalogs,
    String catalog,
    String schema,
    Map<String, TableProvider> tables,
    Map<String, View> views,
    FunctionRegistry functions,
    Function<String, Optional<TableProvider>> files,
    ZoneId zone,
    Instant now) {
  public SqlEnvironment {
    catalogs = Map.copyOf(catalogs);
    tables = Map.copyOf(tables);
    views = Map.copyOf(views);
  }

  /// A query with a name.
  ///
  /// @param columns names for the query's columns; empty to keep its own
  public record View(Statement.Query query, List<String> columns) {
    public View {
      columns = List.copyOf(columns);
    }
  }
}
