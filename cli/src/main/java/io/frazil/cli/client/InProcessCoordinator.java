package io.frazil.cli.client;

import io.frazil.coordinator.CoordinatorHandler;
import io.frazil.coordinator.QueryRunner;
import io.frazil.engine.arrow.ArrowBatchReader;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.session.QueryId;
import io.frazil.session.SessionBuilder;
import io.frazil.session.statistics.QueryProgress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// The coordinator function's own handler, in this process.
public final class InProcessCoordinator implements Coordinator {
  private static final byte[] CANCELLED =
      "{\"state\": \"cancelled\"}".getBytes(StandardCharsets.UTF_8);

  private final ObjectStore store;
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
      ObjectStore store,
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
  public void cancel(String token) {
    try (ObjectWriter control = store.create(QueryId.control(folder(token)))) {
      control.write(CANCELLED, 0, CANCELLED.length);
      // One that is there already says the same.
      boolean _ = control.commit();
    }
  }

  @Override
  public ArrowBatchReader open(String output) {
    return ArrowBatchReader.ofFile(store.open(output), memory);
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
