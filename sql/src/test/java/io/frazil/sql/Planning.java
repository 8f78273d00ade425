package io.frazil.sql;

import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.TableProvider;
import io.frazil.sql.Statement.CreateView;
import io.frazil.sql.Statement.DropView;
import io.frazil.sql.Statement.Query;
import io.frazil.sql.bind.Binder;
import io.frazil.sql.translate.Folding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.calcite.plan.RelOptSchema;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/// Plans SQL over the TPC-H catalog and tables of a test's own.
public final class Planning {
  private static final TpchCatalog TPCH = new TpchCatalog();
  private static final Path QUERIES = Path.of("../benchmarks/queries/tpch");

  private final Map<String, TableProvider> tables = new HashMap<>();
  private final Map<String, CatalogProvider> catalogs = new HashMap<>(Map.of("frazil", TPCH));
  private final Map<String, SqlEnvironment.View> views = new HashMap<>();

  Planning with(String name, TableProvider table) {
    tables.put(name, table);
    return this;
  }

  Planning with(String name, CatalogProvider catalog) {
    catalogs.put(name, catalog);
    return this;
  }

  SqlPlanner planner() {
    return new SqlPlanner(environment(), new TestFolder());
  }

  SqlEnvironment environment() {
    return new SqlEnvironment(
        catalogs,
        "frazil",
        "tpch",
        tables,
        views,
        TestFunctions.REGISTRY,
        path -> Optional.ofNullable(tables.get(path)),
        ZoneOffset.UTC,
        Instant.parse("2026-01-02T03:04:05Z"));
  }

  /// Binds a query of the TPC-H catalog and gives what its tables are found in, and its tree.
  public static void bind(String sql, BiConsumer<RelOptSchema, RelNode> use) {
    SqlEnvironment environment = new Planning().environment();
    var binder = new Binder(environment, new Folding(environment.functions(), new TestFolder()));
    use.accept(binder.catalog(), binder.bind(new Query(sql), List.of()).rel);
  }

  PlannedQuery plan(String sql, Object... parameters) {
    return planner().plan((Query) planner().parse(sql), List.of(parameters));
  }

  /// Runs a script's view definitions and plans its query.
  PlannedQuery planScript(String script) {
    PlannedQuery planned = null;
    for (Statement statement : planner().parseScript(script)) {
      switch (statement) {
        case Query query -> planned = planner().plan(query, List.of());
        case CreateView view ->
            views.put(view.name().getLast(), new SqlEnvironment.View(view.query(), view.columns()));
        case DropView view -> views.remove(view.name().getLast());
        default -> throw new IllegalArgumentException("not planned here: " + statement);
      }
    }
    return required(planned);
  }

  static PlannedQuery tpch(int number) {
    return new Planning().planScript(tpchText(number));
  }

  public static String tpchText(int number) {
    try {
      return Files.readString(QUERIES.resolve("q" + number + ".sql"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PlannedQuery required(@Nullable PlannedQuery planned) {
    if (planned == null) {
      throw new IllegalArgumentException("no query");
    }
    return planned;
  }
}
