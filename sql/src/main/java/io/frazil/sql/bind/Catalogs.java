package io.frazil.sql.bind;

import io.frazil.engine.plan.TableReference;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.sql.SqlEnvironment;
import io.frazil.sql.parser.TableVersions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/// The environment's catalogs, tables and views as Calcite's tree of schemas, in which tables are
/// looked up when a query names them and not before: the root holds the session's tables, and below
/// it each catalog its schemas, and a schema of files its paths.
final class Catalogs {
  private final SqlEnvironment environment;
  private final Function<SqlEnvironment.View, Table> views;

  /// What was looked up: one query sees one state of a table.
  private final Map<List<String>, EngineTable> opened = new LinkedHashMap<>();

  Catalogs(SqlEnvironment environment, Function<SqlEnvironment.View, Table> views) {
    this.environment = environment;
    this.views = views;
  }

  CalciteSchema root() {
    var schemas = new LinkedHashMap<String, Schema>();
    schemas.put(
        TableVersions.FILES,
        node(new Names<>(this::file, Set::of), new Names<>(_ -> null, Set::of)));
    environment.catalogs().forEach((name, catalog) -> schemas.put(name, catalog(name, catalog)));
    return CalciteSchema.createRootSchema(
        false,
        false,
        "",
        node(
            new Names<>(this::own, () -> environment.tables().keySet()),
            new Names<>(schemas::get, schemas::keySet)));
  }

  private Schema catalog(String name, CatalogProvider catalog) {
    // Whether there is a schema is not asked, which may take a service long: where there is none,
    // there are no tables.
    return node(
        new Names<>(_ -> null, Set::of),
        new Names<>(
            schema -> schema.equals(TableVersions.FILES) ? null : schema(name, catalog, schema),
            () -> Set.copyOf(catalog.schemas())));
  }

  private Schema schema(String catalogName, CatalogProvider catalog, String schema) {
    return node(
        new Names<>(
            part -> {
              TableVersions.Named named = TableVersions.parse(part);
              return table(
                  List.of(catalogName, schema, part),
                  List.of(catalogName, schema, named.table()),
                  named.version(),
                  () -> catalog.table(schema, named.table(), named.version()).orElse(null));
            },
            () -> Set.copyOf(catalog.tables(schema))),
        new Names<>(_ -> null, Set::of));
  }

  private @Nullable Table own(String name) {
    SqlEnvironment.View view = environment.views().get(name);
    if (view != null) {
      return views.apply(view);
    }
    return table(
        List.of(name), List.of(name), TableVersion.CURRENT, () -> environment.tables().get(name));
  }

  private @Nullable Table file(String path) {
    return table(
        List.of(TableVersions.FILES, path),
        List.of(path),
        TableVersion.CURRENT,
        () -> environment.files().apply(path).orElse(null));
  }

  private @Nullable Table table(
      List<String> key,
      List<String> name,
      TableVersion version,
      Supplier<@Nullable TableProvider> open) {
    EngineTable known = opened.get(key);
    if (known != null) {
      return known;
    }
    TableProvider provider = open.get();
    if (provider == null) {
      return null;
    }
    Long snapshot = version instanceof TableVersion.Snapshot(long id) ? id : null;
    var table = new EngineTable(provider, new TableReference(name, snapshot));
    opened.put(key, table);
    return table;
  }

  private static Schema node(Lookup<Table> tables, Lookup<? extends Schema> schemas) {
    return new AbstractSchema() {
      @Override
      public Lookup<Table> tables() {
        return tables;
      }

      @Override
      public Lookup<? extends Schema> subSchemas() {
        return schemas;
      }
    };
  }

  /// Exact names only: folding is the parser's.
  private record Names<T>(Function<String, @Nullable T> lookup, Supplier<Set<String>> all)
      implements Lookup<T> {
    @Override
    public @Nullable T get(String name) {
      return lookup.apply(name);
    }

    @Override
    public @Nullable Named<T> getIgnoreCase(String name) {
      T found = lookup.apply(name);
      return found == null ? null : new Named<>(name, found);
    }

    @Override
    public Set<String> getNames(LikePattern pattern) {
      return all.get();
    }
  }
}
