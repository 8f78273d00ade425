package io.frazil.session;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.MutableCatalog;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.sql.SqlEnvironment;
import io.frazil.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// What names mean in a session: its catalogs, its own tables, views and functions. Safe for use by
/// many threads.
final class SessionState {
  private final MemoryCatalog memory = new MemoryCatalog();
  private final Map<String, CatalogProvider> catalogs;
  private final String defaultCatalog;
  private final String defaultSchema;
  private final Map<String, SqlEnvironment.View> views = new ConcurrentHashMap<>();
  private final AtomicReference<FunctionRegistry> functions;
  private final Function<String, Optional<TableProvider>> files;
  private final boolean readOnly;

  SessionState(SessionBuilder parts, Function<String, Optional<TableProvider>> files) {
    var all = new LinkedHashMap<String, CatalogProvider>(parts.catalogs);
    all.put(SessionContext.MEMORY, memory);
    this.catalogs = Collections.unmodifiableMap(all);
    this.defaultCatalog = parts.defaultCatalog;
    this.defaultSchema = parts.defaultSchema;
    this.functions = new AtomicReference<>(parts.functions);
    this.files = files;
    this.readOnly = parts.readOnly;
  }

  /// A table by name, in full.
  record TableName(CatalogProvider catalog, String schema, String table) {
    Optional<TableProvider> find() {
      return catalog.table(schema, table, TableVersion.CURRENT);
    }
  }

  /// @throws FrazilException PERMISSION_DENIED where the session may not run it
  void checkAllowed(Statement statement) {
    if (readOnly && statement.writes()) {
      throw new FrazilException(
          ErrorCode.PERMISSION_DENIED,
          "Statements that change tables are not allowed here: this deployment only reads");
    }
  }

  MemoryCatalog memory() {
    return memory;
  }

  Map<String, CatalogProvider> catalogs() {
    return catalogs;
  }

  Map<String, SqlEnvironment.View> views() {
    return views;
  }

  AtomicReference<FunctionRegistry> functions() {
    return functions;
  }

  /// What names mean now, for one statement.
  SqlEnvironment environment() {
    return new SqlEnvironment(
        catalogs,
        defaultCatalog,
        defaultSchema,
        memory.all(),
        views,
        functions.get(),
        files,
        ZoneOffset.UTC,
        Instant.now());
  }

  /// The table that a name of one to three parts means.
  TableName tableName(List<String> name) {
    return switch (name.size()) {
      case 1 -> new TableName(catalog(defaultCatalog), defaultSchema, name.get(0));
      case 2 -> new TableName(catalog(defaultCatalog), name.get(0), name.get(1));
      case 3 -> new TableName(catalog(name.get(0)), name.get(1), name.get(2));
      default ->
          throw new FrazilException(
              ErrorCode.INVALID_QUERY,
              "'" + String.join(".", name) + "' is not a table's name: it has too many parts");
    };
  }

  /// The catalog and the schema that a name of at most two parts means; the current one without
  /// any.
  TableName schemaName(List<String> name) {
    return switch (name.size()) {
      case 0 -> new TableName(catalog(defaultCatalog), defaultSchema, "");
      case 1 -> new TableName(catalog(defaultCatalog), name.get(0), "");
      case 2 -> new TableName(catalog(name.get(0)), name.get(1), "");
      default ->
          throw new FrazilException(
              ErrorCode.INVALID_QUERY,
              "'" + String.join(".", name) + "' is not a schema's name: it has too many parts");
    };
  }

  CatalogProvider currentCatalog() {
    return catalog(defaultCatalog);
  }

  CatalogProvider catalog(String name) {
    CatalogProvider found = catalogs.get(name);
    if (found == null) {
      throw new FrazilException(
          ErrorCode.SCHEMA_NOT_FOUND, "Catalog '" + name + "' does not exist");
    }
    return found;
  }

  /// @throws FrazilException NOT_SUPPORTED where the catalog only gives its tables to read
  static MutableCatalog mutable(CatalogProvider catalog) {
    if (catalog instanceof MutableCatalog mutable) {
      return mutable;
    }
    throw new FrazilException(
        ErrorCode.NOT_SUPPORTED,
        "This catalog's tables can only be read: use one that stores tables (--warehouse)");
  }
}
