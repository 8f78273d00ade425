package io.frazil.cli;

import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import io.frazil.session.dispatch.InProcessDispatcher;
import io.frazil.worker.FragmentRunner;
import io.frazil.worker.WorkerHandler;
import java.time.Duration;
import java.util.Optional;

/// A session over the warehouse that the options name, with its workers; all close together.
public record CliSession(
    SessionContext session,
    CatalogProvider warehouse,
    Optional<InProcessDispatcher> workers,
    Runnable closeWarehouse)
    implements AutoCloseable {
  /// How soon a worker in this process notices that its query was cancelled.
  private static final Duration CONTROL_PERIOD = Duration.ofMillis(50);

  /// Fragments run by the worker function's own handler, fed with encoded messages.
  ///
  /// @param warehouse the builder's catalog
  /// @param closeWarehouse runs when the session has closed
  public static CliSession of(
      CatalogProvider warehouse, int workers, SessionBuilder builder, Runnable closeWarehouse) {
    if (workers == 0) {
      return new CliSession(builder.build(), warehouse, Optional.empty(), closeWarehouse);
    }
    var handler =
        new WorkerHandler(
            new FragmentRunner(
                new LocalObjectStore(),
                BuiltInAggregates.register(BuiltInFunctions.registry()),
                CONTROL_PERIOD));
    var dispatcher = new InProcessDispatcher(handler::handle);
    return new CliSession(
        builder.workers(workers).dispatcher(dispatcher).build(),
        warehouse,
        Optional.of(dispatcher),
        closeWarehouse);
  }

  @Override
  public void close() {
    try {
      session.close();
      workers.ifPresent(InProcessDispatcher::close);
    } finally {
      closeWarehouse.run();
    }
  }
}
