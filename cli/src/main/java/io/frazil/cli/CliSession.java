package io.frazil.cli;

import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import io.frazil.session.dispatch.InProcessDispatcher;
import io.frazil.worker.FragmentRunner;
import io.frazil.worker.WorkerHandler;
import java.time.Duration;
import java.util.Optional;

/// A session over the warehouse that the options name, with its workers; all close together.
public record CliSession(
    SessionContext session, IcebergCatalog warehouse, Optional<InProcessDispatcher> workers)
    implements AutoCloseable {
  /// How soon a worker in this process notices that its query was cancelled.
  private static final Duration CONTROL_PERIOD = Duration.ofMillis(50);

  /// Fragments run by the worker function's own handler, fed with encoded messages.
  public static CliSession of(IcebergCatalog warehouse, int workers, SessionBuilder builder) {
    if (workers == 0) {
      return new CliSession(builder.build(), warehouse, Optional.empty());
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
        Optional.of(dispatcher));
  }

  @Override
  public void close() {
    try (warehouse) {
      session.close();
      workers.ifPresent(InProcessDispatcher::close);
    }
  }
}
