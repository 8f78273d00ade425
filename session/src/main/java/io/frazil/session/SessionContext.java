package io.frazil.session;

import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.TableProvider;
import io.frazil.session.cost.WorkflowUse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
public final class SessionContext implements SqlSession, AutoCloseable {
  /// The catalog of the tables and views that are registered with the session.
  public static final String MEMORY = "memory";

  /// The schema that a catalog is expected to have.
  public static final String DEFAULT_SCHEMA = "default";

  private final SessionState state;
  private final Statements statements;
  private final QueryFolder folder;

  SessionContext(SessionBuilder parts) {
    this.folder = new QueryFolder(parts.root);
    this.state = new SessionState(parts, new ParquetFiles(parts.store, parts.paths)::table);
    this.statements =
        new Statements(
            state,
            new QueryStarter(
                parts.store,
                parts.threads,
                parts.pool,
                parts.workers,
                parts.workerLimits(),
                parts.dispatcher,
                Optional.ofNullable(parts.largeWorkers),
                parts.retries(),
                folder::location,
                SessionBuilder.BUILT_IN,
                parts.rates,
                parts.limits,
                parts.spentBefore,
                parts.keepAfter,
                parts.taskBytesMin,
                Optional.ofNullable(parts.longQueries),
                parts.stops));
    parts.views.forEach(statements::addView);
  }

  public static SessionBuilder builder() {
    return new SessionBuilder();
  }

  /// Plans a statement. A query runs as its rows are asked for, what writes rows from now on, and
  /// other statements have run when this returns.
  ///
  /// @throws io.frazil.engine.error.FrazilException of class USER where it does not parse or bind
  @Override
  public QueryHandle sql(String statement) {
    return sql(statement, List.of());
  }

  @Override
  public QueryHandle sql(String statement, List<? extends @Nullable Object> parameters) {
    return run(QueryId.next(), 1, statement, parameters);
  }

  /// The same under an id of the caller's choice.
  ///
  /// @param id different from that of every other query whose objects lie under the same root
  /// @param epoch how many times this query was begun, from 1: what an earlier one left is not used
  public QueryHandle run(
      String id, int epoch, String statement, List<? extends @Nullable Object> parameters) {
    return statements.run(id, epoch, statement, parameters);
  }

  /// How a query would run and what it is predicted to take, both by one plan. Nothing runs.
  ///
  /// @throws io.frazil.engine.error.FrazilException INVALID_QUERY where it is another statement
  public Explanation explain(String query, List<? extends @Nullable Object> parameters) {
    return statements.explain(query, parameters);
  }

  /// Goes on with a query that another session kept ([SessionBuilder#keep]) and that is another
  /// process's no more.
  ///
  /// @param epoch how many times this query was taken on, this time included
  /// @return empty where there is nothing to go on from: then [#run] begins it anew
  public Optional<QueryHandle> resume(String id, int epoch) {
    return statements.resume(id, epoch);
  }

  /// Makes the next step of a query whose tasks somebody else runs; the first plans and keeps it.
  /// Needs [SessionBuilder#workers], and no dispatcher until only the last stage is left.
  ///
  /// @param epoch how many times this query was taken on, this time included
  /// @param children what its tasks are run as, which is paid for
  public QueryStep step(
      String id,
      int epoch,
      WorkflowUse.Children children,
      String statement,
      List<? extends @Nullable Object> parameters) {
    return statements.step(id, epoch, children, statement, parameters);
  }

  /// What a query took whose tasks somebody else ran, and with which nobody goes on: all that those
  /// told, and what is to be assumed of those that were stopped before they could.
  ///
  /// @param epoch how many times this query was taken on, this time included
  /// @param children what its tasks were run as
  public QueryAccount account(String id, int epoch, WorkflowUse.Children children) {
    return statements.account(id, epoch, children);
  }

  /// The plan of a query as EXPLAIN prints it.
  public String explain(String query) {
    try (QueryHandle plan = sql("EXPLAIN " + query)) {
      return plan.rows().stream()
          .map(row -> String.valueOf(row.getFirst()))
          .collect(Collectors.joining("\n"));
    }
  }

  /// Makes a table known to SQL by this name, for this session.
  ///
  /// @throws io.frazil.engine.error.FrazilException ALREADY_EXISTS
  public void register(String name, TableProvider table) {
    state.memory().register(name, table);
  }

  /// Forgets a registered table; one that isn't there is no error.
  public void deregister(String name) {
    state.memory().deregister(name);
  }

  /// Makes a function known to SQL, from the next statement on, in place of another of its name.
  public void registerFunction(ScalarFunction function) {
    state.functions().updateAndGet(all -> all.with(function));
  }

  /// Makes a function known to SQL, from the next statement on, in place of another of its name.
  public void registerFunction(AggregateFunction function) {
    state.functions().updateAndGet(all -> all.with(function));
  }

  /// The catalogs by name, the session's own [#MEMORY] among them.
  @Override
  public Map<String, CatalogProvider> catalogs() {
    return state.catalogs();
  }

  /// Removes what the session wrote. Its queries are closed by then.
  @Override
  public void close() {
    folder.close();
  }
}
