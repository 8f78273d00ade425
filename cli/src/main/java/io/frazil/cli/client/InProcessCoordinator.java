package io.frazil.cli.client;

import io.frazil.coordinator.CoordinatorHandler;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.engine.arrow.ArrowBatchReader;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.VersionedStore;
import io.frazil.events.QueryResponse;
import io.frazil.session.QueryId;
import io.frazil.session.SessionBuilder;
import io.frazil.session.statistics.QueryProgress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/// The coordinator function's own handler, in this process.
public final class InProcessCoordinator implements Coordinator {
  private final VersionedStore store;
  private final String root;
  private final MemoryPool memory;
  private final QueryRunner runner;
  private final CoordinatorHandler handler;

  /// @param sessions what each query's session is made of
  /// @param store where queries' objects lie
  /// @param root under which they lie, ending with `/`
  /// @param memory for reading results
  /// @param controlInterval how soon a query notices that it was cancelled
  public InProcessCoordinator(
      Supplier<SessionBuilder> sessions,
      VersionedStore store,
      String root,
      MemoryPool memory,
      Duration controlInterval) {
    this.store = store;
    this.root = root;
    this.memory = memory;
    this.runner = new QueryRunner(sessions, store, root, controlInterval);
    this.handler = new CoordinatorHandler(runner);
  }

  @Override
  public byte[] run(byte[] request) {
    return handler.handle(request);
  }

  @Override
  public Optional<QueryProgress> progress(String token) {
    return runner.progress(QueryRunner.id(token));
  }

  @Override
  public boolean cancel(String token) {
    try {
      runner.queries().cancel(QueryRunner.OPERATOR, QueryRunner.id(token));
      return true;
    } catch (FrazilException e) {
      if (e.code() == ErrorCode.QUERY_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public ArrowBatchReader open(QueryResponse response) {
    return ArrowBatchReader.ofFile(store.open(Objects.requireNonNull(response.output())), memory);
  }

  @Override
  public void forget(String token) {
    for (ObjectInfo object : store.list(folder(token))) {
      store.delete(object.location());
    }
  }

  private String folder(String token) {
    return QueryId.folder(root, QueryRunner.id(token));
  }
}
