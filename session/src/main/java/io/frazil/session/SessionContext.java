package io.frazil.session;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.TableProvider;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Frazil inside a Java program:
///
/// ```java
/// try (var session = SessionContext.builder().memory(1L << 30).build()) {
///   session.register("people", people); // a TableProvider of your own
///   session.registerFunction(greeting); // a ScalarFunction of your own
///   try (QueryHandle query = session.sql("SELECT greeting(name), age FROM people")) {
///     query.rows().forEach(row -> IO.println(row));
///   }
/// }
/// ```
///
/// Safe for use by many threads; each statement has threads, memory and objects of its own.
public final class SessionContext implements AutoCloseable {
  /// The catalog of the tables and views that are registered with the session.
  public static final String MEMORY = "memory";

  /// The schema that a catalog is expected to have.
  public static final String DEFAULT_SCHEMA = "default";

  private final MemoryCatalog memory = new MemoryCatalog();
  private final Map<String, CatalogProvider> catalogs;
  private final AtomicReference<FunctionRegistry> functions;

  SessionContext(SessionBuilder parts) {
    var all = new LinkedHashMap<String, CatalogProvider>(parts.catalogs);
    all.put(MEMORY, memory);
    catalogs = Collections.unmodifiableMap(all);
    functions = new AtomicReference<>(parts.functions);
  }

  public static SessionBuilder builder() {
    return new SessionBuilder();
  }

  /// Plans a statement and starts it. Statements without rows have run when this returns.
  ///
  /// @throws FrazilException of class USER where it does not parse or bind
  public QueryHandle sql(String statement) {
    return sql(statement, List.of());
  }

  /// The same with values for its `?`, from the left.
  @SuppressWarnings("DoNotCallSuggester")
  public QueryHandle sql(String statement, List<? extends @Nullable Object> parameters) {
    throw new FrazilException(ErrorCode.NOT_SUPPORTED, "not yet: " + statement);
  }

  /// The plan of a query as EXPLAIN prints it.
  @SuppressWarnings("DoNotCallSuggester")
  public String explain(String statement) {
    throw new FrazilException(ErrorCode.NOT_SUPPORTED, "not yet: " + statement);
  }

  /// Makes a table known to SQL by this name, for this session.
  ///
  /// @throws FrazilException ALREADY_EXISTS
  public void register(String name, TableProvider table) {
    memory.register(name, table);
  }

  /// Forgets a registered table; one that isn't there is no error.
  public void deregister(String name) {
    memory.deregister(name);
  }

  /// Makes a function known to SQL, from the next statement on, in place of another of its name.
  public void registerFunction(ScalarFunction function) {
    functions.updateAndGet(all -> all.with(function));
  }

  /// Makes a function known to SQL, from the next statement on, in place of another of its name.
  public void registerFunction(AggregateFunction function) {
    functions.updateAndGet(all -> all.with(function));
  }

  /// The catalogs by name, the session's own [#MEMORY] among them.
  public Map<String, CatalogProvider> catalogs() {
    return catalogs;
  }

  /// Cancels what still runs and removes what the session wrote.
  @Override
  public void close() {}
}
