package io.frazil.session;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.provider.AppendJournal;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.MutableCatalog;
import io.frazil.engine.provider.Remains;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.task.Cancellation;
import io.frazil.events.Spent;
import io.frazil.session.attempt.RetryPolicy;
import io.frazil.session.cost.Dollars;
import io.frazil.session.cost.Rates;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.session.estimate.LongQueries;
import io.frazil.session.journal.StagePlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a session is made of. All of it is optional.
public final class SessionBuilder {
  /// SQL's own functions: those that every worker has.
  static final FunctionRegistry BUILT_IN = BuiltInAggregates.register(BuiltInFunctions.registry());

  private static final Dispatcher NO_DISPATCHER =
      request ->
          CompletableFuture.failedFuture(
              new FrazilException(ErrorCode.INTERNAL, "a session without workers dispatched"));

  int threads = Runtime.getRuntime().availableProcessors();
  MemoryPool pool = new MemoryPool(Runtime.getRuntime().maxMemory() / 2);
  int workers;
  @Nullable Long workerMemory;
  boolean remoteWorkers;
  String defaultCatalog = SessionContext.MEMORY;
  String defaultSchema = SessionContext.DEFAULT_SCHEMA;
  ObjectStore store = new LocalObjectStore();
  Dispatcher dispatcher = NO_DISPATCHER;
  @Nullable Dispatcher largeWorkers;
  @Nullable String root;
  @Nullable Duration keepAfter;
  long taskBytesMin = StagePlan.TASK_BYTES_MIN;
  PathAccess paths = PathAccess.ANYWHERE;
  boolean readOnly;
  final Map<String, CatalogProvider> catalogs = new LinkedHashMap<>();
  final List<String> views = new ArrayList<>();
  FunctionRegistry functions = BUILT_IN;
  Rates rates = Rates.DEFAULT;
  StatementLimits limits = StatementLimits.NONE;
  private @Nullable BigDecimal budgetMax;
  Spent spentBefore = Spent.NOTHING;
  @Nullable LongQueries longQueries;
  Supplier<Cancellation> stops = Cancellation::new;
  private @Nullable Consumer<Remains> onRemains;
  private @Nullable AppendJournal journal;

  SessionBuilder() {}

  /// How many threads run a query here, or each of its workers. Default: one a processor.
  public SessionBuilder threads(int threads) {
    this.threads = atLeast(1, threads, "threads");
    return this;
  }

  /// The most memory that one query holds here, in bytes. Default: half the heap.
  public SessionBuilder memory(long bytes) {
    return memory(new MemoryPool(bytes));
  }

  /// The same as a pool, which others may share.
  public SessionBuilder memory(MemoryPool pool) {
    this.pool = pool;
    return this;
  }

  /// How many fragments run at a time on workers; 0, the default, runs all in this process without
  /// serializing anything. More than 0 needs a [#dispatcher].
  public SessionBuilder workers(int workers) {
    this.workers = atLeast(0, workers, "workers");
    return this;
  }

  /// The most memory that a fragment may hold on a worker, in bytes. Default: what a query may hold
  /// here, divided by the workers.
  public SessionBuilder workerMemory(long bytes) {
    this.workerMemory = bytes;
    return this;
  }

  /// Workers are processes of their own, which know themselves what a fragment may hold and how
  /// many threads it has.
  public SessionBuilder remoteWorkers() {
    this.remoteWorkers = true;
    return this;
  }

  /// Where fragments run when there are [#workers].
  public SessionBuilder dispatcher(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
    return this;
  }

  /// Where fragments run that a worker has no memory, disk or time for. Default: they fail.
  public SessionBuilder largeWorkers(Dispatcher dispatcher) {
    this.largeWorkers = dispatcher;
    return this;
  }

  /// Tables that SQL finds under `name`.
  public SessionBuilder catalog(String name, CatalogProvider catalog) {
    catalogs.put(name, catalog);
    return this;
  }

  /// Where SQL looks for names without a catalog or a schema. Default: the session's own tables.
  public SessionBuilder defaults(String catalog, String schema) {
    this.defaultCatalog = catalog;
    this.defaultSchema = schema;
    return this;
  }

  /// Where SQL looks for names without a schema, in the default catalog.
  public SessionBuilder schema(String schema) {
    this.defaultSchema = schema;
    return this;
  }

  /// Where files and the objects of queries lie. Default: the local file system.
  public SessionBuilder store(ObjectStore store) {
    this.store = store;
    return this;
  }

  /// Which files statements may read by their path. Default: all that the store gives.
  public SessionBuilder paths(PathAccess access) {
    this.paths = access;
    return this;
  }

  /// Statements that change what is stored are refused from now on.
  public SessionBuilder readOnly() {
    this.readOnly = true;
    return this;
  }

  /// The location under which `queries/<id>/` lies. Default: a new folder for temporary files,
  /// which the session removes when it closes.
  public SessionBuilder root(String location) {
    this.root = location;
    return this;
  }

  /// Keeps queries for other processes to go on with ([SessionContext#resume]): from this time on
  /// after it began, the plan of a query and each stage that ended lie with its other objects, all
  /// of which are then removed by whoever writes down that the query is over. Statements that
  /// write, and what only this process can do, are not kept. Default: nothing is.
  public SessionBuilder keep(Duration after) {
    this.keepAfter = after;
    return this;
  }

  /// How much is worth a task of its own, in bytes that are not compressed: what a worker does in
  /// about the time that it takes to start one. Default: 4 MiB.
  public SessionBuilder taskBytes(long least) {
    this.taskBytesMin = least;
    return this;
  }

  /// A view that the session begins with, as its CREATE VIEW statement.
  public SessionBuilder view(String statement) {
    views.add(statement);
    return this;
  }

  /// What functions cost, and whether they run here. Default: what they would cost elsewhere.
  public SessionBuilder rates(Rates rates) {
    this.rates = rates;
    return this;
  }

  /// Which queries a state machine goes on with: it is paid for with what they are predicted to
  /// cost. Default: none.
  public SessionBuilder longQueries(LongQueries queries) {
    this.longQueries = queries;
    return this;
  }

  /// What each statement may cost, in US dollars: one that is predicted to cost more is not begun,
  /// one that comes to is stopped. Default, or null: any amount.
  public SessionBuilder budget(@Nullable BigDecimal dollars) {
    return limits(limits.withBudget(dollars));
  }

  /// How long each statement may run, from when it comes in until its last row is taken: one that
  /// takes longer is stopped. Default, or null: as long as it takes.
  public SessionBuilder timeLimit(@Nullable Duration time) {
    return limits(limits.withTime(time));
  }

  /// What each statement may take at most: both of the above.
  public SessionBuilder limits(StatementLimits limits) {
    this.limits = limits;
    return this;
  }

  /// What any budget may be at most, in US dollars; without a budget, this is it. Default, or null:
  /// any amount.
  public SessionBuilder budgetMax(@Nullable BigDecimal dollars) {
    this.budgetMax = StatementLimits.NONE.withBudget(dollars).budget();
    return this;
  }

  /// What others spent on the session's one statement before it came here, which its bill and its
  /// budget begin with. Default: nothing.
  public SessionBuilder spentBefore(Spent spent) {
    this.spentBefore = spent;
    return this;
  }

  /// The word to stop of the session's one statement, which is heard while that is planned too.
  /// Default: each statement has its own, from when it runs.
  public SessionBuilder stoppedBy(Cancellation word) {
    this.stops = () -> word;
    return this;
  }

  /// Hears of files that the session's statements could not remove. Default: the process's own log.
  public SessionBuilder onRemains(Consumer<Remains> listener) {
    this.onRemains = listener;
    return this;
  }

  /// Keeps a journal of the rows that the session's statements add to tables. Default: none.
  public SessionBuilder journal(AppendJournal appends) {
    this.journal = appends;
    return this;
  }

  public SessionBuilder function(ScalarFunction function) {
    functions = functions.with(function);
    return this;
  }

  public SessionBuilder function(AggregateFunction function) {
    functions = functions.with(function);
    return this;
  }

  /// @throws FrazilException INVALID_ARGUMENT where the parts do not fit together
  public SessionContext build() {
    if (workers > 0 && dispatcher == NO_DISPATCHER) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "a session with workers needs a dispatcher");
    }
    checkBudget();
    catalogs.replaceAll(
        (_, catalog) -> catalog instanceof MutableCatalog mutable ? heard(mutable) : catalog);
    return new SessionContext(this);
  }

  private MutableCatalog heard(MutableCatalog catalog) {
    Consumer<Remains> listener = onRemains;
    AppendJournal appends = journal;
    MutableCatalog telling = listener == null ? catalog : catalog.tellingOfRemains(listener);
    return appends == null ? telling : telling.keepingJournal(appends);
  }

  private void checkBudget() {
    if (budgetMax == null) {
      return;
    }
    BigDecimal budget = limits.budget();
    if (budget == null) {
      limits = limits.withBudget(budgetMax);
    } else if (budget.compareTo(budgetMax) > 0) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "The budget of %s is above %s, the most that a query may cost here"
              .formatted(Dollars.text(budget), Dollars.text(budgetMax)));
    }
  }

  RetryPolicy retries() {
    return remoteWorkers ? RetryPolicy.REMOTE : RetryPolicy.DEFAULT;
  }

  Fragment.Limits workerLimits() {
    if (remoteWorkers) {
      return Fragment.Limits.NONE;
    }
    long bytes = workerMemory == null ? pool.limit() / Math.max(1, workers) : workerMemory;
    return new Fragment.Limits(bytes, threads);
  }

  private static int atLeast(int least, int value, String name) {
    if (value < least) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "%s must be at least %d, not %d".formatted(name, least, value));
    }
    return value;
  }
}
