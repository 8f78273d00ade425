package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.coordinator.query.QueryObjects.Seen;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.VersionedStore;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryState;
import io.frazil.events.Spent;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.session.QueryHandle;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import io.frazil.session.cost.Interval;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.session.dispatch.InProcessDispatcher;
import io.frazil.worker.FragmentRunner;
import io.frazil.worker.WorkerHandler;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Coordinators over one warehouse of a few files, of which some are lost in mid-query.
final class LostCoordinators implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofMillis(10);
  static final int WORKERS = 3;

  /// Two scans (0 and 1) exchanged by key, their join (2), and the rest.
  static final String QUERY =
      """
      SELECT a.k % 3 AS k, count(*) AS n, sum(b.v) AS v
      FROM facts a FULL JOIN facts b ON a.k = b.k + 1 GROUP BY a.k % 3 ORDER BY k\
      """;

  static final int FILES = 4;

  /// What a coordinator that is lost is taken to have worked on, in megabytes times milliseconds.
  static final long UNSAID = 1_024_000;

  private static final int ROWS_A_FILE = 50;

  final LocalObjectStore store = new LocalObjectStore();
  final QueryObjects objects;
  final WorkerHandler worker;

  /// What was sent to workers by coordinators that were not lost. A lost one's tasks may still set
  /// out after it was struck.
  final List<FragmentRequest> requests = Collections.synchronizedList(new ArrayList<>());

  private final Path folder;
  private final CatalogProvider catalog;
  private final InProcessDispatcher workers;
  private final List<Lost> lost = new ArrayList<>();

  /// What no worker answers while the test runs.
  private final List<CompletableFuture<FragmentResponse>> unanswered =
      Collections.synchronizedList(new ArrayList<>());

  LostCoordinators(Path folder) {
    this.folder = folder;
    this.objects = new QueryObjects(store, folder + "/");
    this.worker =
        new WorkerHandler(
            FragmentRunner.ofFunction(
                store,
                BuiltInAggregates.register(BuiltInFunctions.registry()),
                Optional.of(folder + "/")));
    this.workers = new InProcessDispatcher(worker::handle);
    this.catalog = LocalWarehouse.open(folder.resolve("warehouse"));
    makeTable();
  }

  private void makeTable() {
    try (SessionContext session =
        SessionContext.builder()
            .catalog("iceberg", catalog)
            .defaults("iceberg", LocalWarehouse.DEFAULT_SCHEMA)
            .build()) {
      run(session, "CREATE TABLE facts (k BIGINT, v BIGINT)");
      for (int file = 0; file < FILES; file++) {
        var rows = new ArrayList<String>();
        for (int row = 0; row < ROWS_A_FILE; row++) {
          rows.add("(%d, %d)".formatted(file * ROWS_A_FILE + row, row));
        }
        run(session, "INSERT INTO facts VALUES " + String.join(", ", rows));
      }
    }
  }

  private static void run(SessionContext session, String statement) {
    try (QueryHandle query = session.sql(statement)) {
      long _ = query.updatedRows();
    }
  }

  /// A coordinator whose workers all answer.
  QueryRunner runner() {
    return runner(session -> session);
  }

  /// The same with other settings of sessions.
  QueryRunner runner(UnaryOperator<SessionBuilder> settings) {
    return runner(store, settings);
  }

  /// A coordinator whose workers all answer, over another store of the same objects.
  QueryRunner runner(VersionedStore over) {
    return runner(over, session -> session);
  }

  /// The same with other settings of sessions.
  QueryRunner runner(VersionedStore over, UnaryOperator<SessionBuilder> settings) {
    return new QueryRunner(
        () -> settings.apply(sessions(this::recorded)), over, folder + "/", INTERVAL);
  }

  private CompletableFuture<FragmentResponse> recorded(FragmentRequest request) {
    requests.add(request);
    return workers.run(request);
  }

  /// The same whose queries may cost so many dollars.
  QueryRunner runnerWithin(String budget) {
    return new QueryRunner(
        () -> sessions(workers).budget(new BigDecimal(budget)), store, folder + "/", INTERVAL);
  }

  /// What the query gives where nothing goes wrong.
  List<List<@Nullable Object>> expected(String sql) {
    return runner().answer(QueryRequest.of(sql)).rows();
  }

  String submit(QueryRequest request) {
    return runner().queries().submit(QueryRunner.OPERATOR, request);
  }

  /// A query whose coordinator is never heard of again once it has sent a request that `fatal`
  /// accepts, all of which stay without an answer.
  String lose(String sql, Predicate<FragmentRequest> fatal) {
    String id = submit(QueryRequest.of(sql));
    Seen seen = objects.state(id).orElseThrow();
    assertThat(objects.replace(seen, seen.state().takenBy("lost", 1, 2, Spent.NOTHING)))
        .isPresent();
    var struck = new CountDownLatch(1);
    Dispatcher dying =
        request -> {
          if (fatal.test(request)) {
            var never = new CompletableFuture<FragmentResponse>();
            unanswered.add(never);
            struck.countDown();
            return never;
          }
          return workers.run(request);
        };
    SessionContext session =
        sessions(dying)
            .store(store)
            .root(folder + "/")
            .keep(Duration.ZERO)
            .spentBefore(Spent.NOTHING.takenOn(UNSAID))
            .build();
    QueryHandle query = session.run(id, 1, sql, List.of());
    lost.add(new Lost(session, query, Thread.ofVirtual().start(() -> read(query))));
    try {
      struck.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    requests.clear();
    return id;
  }

  private static void read(QueryHandle query) {
    try {
      while (query.batches().next() != null) {
        // Nobody will ever see them.
      }
    } catch (FrazilException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.ATTEMPT_LOST);
    }
  }

  /// What the coordinator that was lost last had spent, as it would have said before.
  Spent tell(String id) {
    Spent spent = lost.getLast().query.spent();
    Seen seen = objects.state(id).orElseThrow();
    assertThat(objects.replace(seen, seen.state().renewed(2, null, spent))).isPresent();
    return spent;
  }

  /// What that one had predicted the query to cost.
  Interval predictedDollars() {
    return lost.getLast().query.estimate().dollars();
  }

  private record Lost(SessionContext session, QueryHandle query, Thread reader) {}

  private SessionBuilder sessions(Dispatcher dispatcher) {
    return SessionContext.builder()
        .catalog("iceberg", catalog)
        .defaults("iceberg", LocalWarehouse.DEFAULT_SCHEMA)
        .threads(1)
        .workers(WORKERS)
        .taskBytes(1)
        .workerMemory(64 << 20)
        .dispatcher(dispatcher);
  }

  CompletableFuture<FragmentResponse> answer(FragmentRequest request) {
    return workers.run(request);
  }

  QueryState state(String id) {
    return objects.state(id).orElseThrow().state();
  }

  /// The objects of a query by their names in its folder.
  List<String> names(String id) {
    String query = objects.folder(id);
    return new LocalObjectStore()
        .list(query).stream().map(object -> object.location().substring(query.length())).toList();
  }

  Path file(String id, String name) {
    return Path.of(objects.folder(id)).resolve(name);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    for (Lost coordinator : lost) {
      coordinator.query.leave();
      // Else closing waits for them, as they are paid for.
      unanswered.forEach(attempt -> attempt.cancel(true));
      join(coordinator.reader);
      coordinator.query.close();
      coordinator.session.close();
    }
    workers.close();
  }
}
