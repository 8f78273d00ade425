package io.frazil.cli;

import io.frazil.cli.client.CoordinatorSession;
import io.frazil.cli.client.InProcessCoordinator;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.store.VersionedStore;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.s3.S3ObjectStore;
import io.frazil.session.QueryFolder;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import io.frazil.session.SqlSession;
import io.frazil.session.StatementLimits;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.session.dispatch.InProcessDispatcher;
import io.frazil.worker.FragmentRunner;
import io.frazil.worker.WorkerHandler;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A session over a warehouse and what it runs on; all close together.
///
/// @param closeRest runs when the session is closed
public record CliSession(SqlSession session, CatalogProvider warehouse, Runnable closeRest)
    implements AutoCloseable {
  private static final String CATALOG = "iceberg";

  /// How soon a query in this process notices that it was cancelled.
  private static final Duration CONTROL_INTERVAL = Duration.ofMillis(50);

  /// Local files, and S3 for locations there, with the environment's credentials. A worker in this
  /// process begins at once.
  private static final long TASK_BYTES = 64 << 10;

  private static final VersionedStore STORE = S3ObjectStore.besideLocal(System.getenv());

  /// What queries may take.
  ///
  /// @param threads of a query that runs here, or of each worker
  /// @param memory of all that runs here
  /// @param limits of each statement
  public record Resources(int threads, MemoryPool memory, StatementLimits limits) {
    /// Without limits.
    public Resources(int threads, MemoryPool memory) {
      this(threads, memory, StatementLimits.NONE);
    }
  }

  /// All in this process, without messages.
  ///
  /// @param closeWarehouse runs when the session is closed
  public static CliSession embedded(
      CatalogProvider warehouse, Resources resources, Runnable closeWarehouse) {
    SessionContext session = builder(warehouse, resources).build();
    return new CliSession(
        session,
        warehouse,
        () -> {
          session.close();
          closeWarehouse.run();
        });
  }

  /// The coordinator function's handler and, for its fragments, the worker function's, both in this
  /// process and fed with encoded messages. They share its memory.
  public static CliSession withWorkers(
      CatalogProvider warehouse, int workers, Resources resources, Runnable closeWarehouse) {
    return withWorkers(warehouse, workers, resources, worker(resources), closeWarehouse);
  }

  /// The same with workers of the caller's.
  ///
  /// @param worker from an encoded request to the encoded response; safe for use by many threads
  public static CliSession withWorkers(
      CatalogProvider warehouse,
      int workers,
      Resources resources,
      UnaryOperator<byte[]> worker,
      Runnable closeWarehouse) {
    var dispatcher = new InProcessDispatcher(worker);
    var folder = QueryFolder.temporary();
    var coordinator =
        new InProcessCoordinator(
            () -> builder(warehouse, resources, workers, dispatcher),
            STORE,
            folder.location(),
            resources.memory(),
            CONTROL_INTERVAL);
    return new CliSession(
        new CoordinatorSession(coordinator, Map.of(CATALOG, warehouse)),
        warehouse,
        () -> {
          dispatcher.close();
          folder.close();
          closeWarehouse.run();
        });
  }

  /// A whole deployment in this process.
  ///
  /// @param workers how many fragments run at a time; 0 for coordinators that do all themselves
  static LocalDeployment deployment(
      CatalogProvider warehouse, int workers, Resources resources, Runnable closeWarehouse) {
    var dispatcher = new InProcessDispatcher(worker(resources));
    return new LocalDeployment(
        () ->
            workers == 0
                ? builder(warehouse, resources)
                : builder(warehouse, resources, workers, dispatcher),
        CATALOG,
        CONTROL_INTERVAL,
        () -> {
          dispatcher.close();
          closeWarehouse.run();
        });
  }

  private static UnaryOperator<byte[]> worker(Resources resources) {
    return new WorkerHandler(
            new FragmentRunner(
                STORE,
                BuiltInAggregates.register(BuiltInFunctions.registry()),
                resources.memory(),
                CONTROL_INTERVAL))
        ::handle;
  }

  private static SessionBuilder builder(
      CatalogProvider warehouse, Resources resources, int workers, Dispatcher dispatcher) {
    return builder(warehouse, resources)
        .workers(workers)
        .taskBytes(TASK_BYTES)
        .workerMemory(resources.memory().limit())
        .dispatcher(dispatcher);
  }

  private static SessionBuilder builder(CatalogProvider warehouse, Resources resources) {
    return SessionContext.builder()
        .store(STORE)
        .threads(resources.threads())
        .memory(resources.memory())
        .limits(resources.limits())
        .catalog(CATALOG, warehouse)
        .defaults(CATALOG, LocalWarehouse.DEFAULT_SCHEMA);
  }

  @Override
  public void close() {
    closeRest.run();
  }
}
