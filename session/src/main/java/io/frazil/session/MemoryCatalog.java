package io.frazil.session;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The tables that a program registered with its session: one schema, current versions only.
final class MemoryCatalog implements CatalogProvider {
  private final Map<String, TableProvider> tables = new ConcurrentSkipListMap<>();

  void register(String name, TableProvider table) {
    if (tables.putIfAbsent(name, table) != null) {
      throw new FrazilException(
          ErrorCode.ALREADY_EXISTS, "Table '" + name + "' is registered already");
    }
  }

  void deregister(String name) {
    tables.remove(name);
  }

  /// The tables as they are now, by name.
  Map<String, TableProvider> all() {
    return Map.copyOf(tables);
  }

  @Override
  public List<String> schemas() {
    return List.of(SessionContext.DEFAULT_SCHEMA);
  }

  @Override
  public List<String> tables(String schema) {
    return schema.equals(SessionContext.DEFAULT_SCHEMA) ? List.copyOf(tables.keySet()) : List.of();
  }

  @Override
  public Optional<TableProvider> table(String schema, String table, TableVersion version) {
    if (!schema.equals(SessionContext.DEFAULT_SCHEMA)) {
      return Optional.empty();
    }
    Optional<TableProvider> found = Optional.ofNullable(tables.get(table));
    if (found.isPresent() && !version.equals(TableVersion.CURRENT)) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED, "Table '" + table + "' has no versions: it is registered");
    }
    return found;
  }
}
