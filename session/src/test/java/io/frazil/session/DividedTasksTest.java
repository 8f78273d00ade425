package io.frazil.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.plan.PlanJson;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.BatchBuilder;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.session.cost.Ledger;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.session.dispatch.InProcessDispatcher;
import io.frazil.worker.WorkerHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tasks over many files that no worker has the memory for.
@Timeout(120)
class DividedTasksTest {
  private static final Schema NUMBERS = Schema.of(new Field("k", Types.BIGINT, false));
  private static final int FILES = 12;
  private static final int ROWS = 500;

  /// Two scans, of which one is stored for the other's tasks to read.
  private static final String COUNTS =
      "SELECT count(*), max(a.k) FROM numbers a JOIN numbers b ON a.k = b.k";

  private static final List<Object> EXPECTED =
      List.of((long) FILES * ROWS, (long) FILES * ROWS - 1);

  @TempDir private Path folder;

  private final List<FragmentRequest> requests = Collections.synchronizedList(new ArrayList<>());
  private IcebergCatalog catalog;
  private InProcessDispatcher workers;

  @BeforeEach
  void write() {
    catalog = LocalWarehouse.open(folder);
    try (SessionContext session = builder().build()) {
      session.sql("CREATE TABLE numbers (k BIGINT)").close();
      for (int file = 0; file < FILES; file++) {
        var rows = new BatchBuilder(NUMBERS);
        for (int row = 0; row < ROWS; row++) {
          rows.row((long) file * ROWS + row);
        }
        session.register("given" + file, new ListTable(NUMBERS, rows.batches()));
        try (QueryHandle write = session.sql("INSERT INTO numbers SELECT k FROM given" + file)) {
          assertThat(write.updatedRows()).isEqualTo(ROWS);
        }
      }
    }
    workers = new InProcessDispatcher(new WorkerHandler()::handle);
  }

  @AfterEach
  void close() {
    workers.close();
    catalog.close();
  }

  @Test
  void aTaskThatNoWorkerHasTheMemoryForIsDoneInParts() {
    try (SessionContext session = session(limited(request -> splits(request) > 2));
        QueryHandle query = session.sql(COUNTS)) {
      assertThat(query.rows()).containsExactly(EXPECTED);
      int attempts = requests.size();
      assertThat(requests).extracting(DividedTasksTest::splits).contains(6, 3, 2, 1);
      assertThat(query.statistics().stages().getFirst().tasks()).isEqualTo(2 + 4 + 8);
      double billed =
          query.ledger().lines().stream()
              .filter(line -> line.where().startsWith("stage"))
              .filter(line -> line.item().equals("lambda requests"))
              .mapToDouble(Ledger.Line::quantity)
              .sum();
      assertThat(billed).isEqualTo(attempts);
    }
  }

  @Test
  void aTaskThatAWorkerIsTooSmallForGoesToALargeOneAndNowhereElse() {
    List<FragmentRequest> large = Collections.synchronizedList(new ArrayList<>());
    Dispatcher largeWorkers =
        request -> {
          large.add(request);
          return workers.run(request);
        };
    try (SessionContext session =
            builder(limited(request -> splits(request) > 0)).largeWorkers(largeWorkers).build();
        QueryHandle query = session.sql(COUNTS)) {
      assertThat(query.rows()).containsExactly(EXPECTED);
      assertThat(query.ledger().lines())
          .anyMatch(line -> line.item().contains("large worker") && line.quantity() > 0);
    }
    assertThat(large).isNotEmpty().extracting(FragmentRequest::attempt).containsOnly(2);
    // What could be divided, as each has several splits, is not.
    assertThat(large).extracting(DividedTasksTest::splits).allMatch(splits -> splits > 1);
    assertThat(requests)
        .filteredOn(request -> splits(request) > 0)
        .extracting(DividedTasksTest::task)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(large.stream().map(DividedTasksTest::task).toList());
  }

  @Test
  void aTaskThatALargeWorkerIsTooSmallForTooIsDoneInParts() {
    Dispatcher limited = limited(request -> splits(request) > 3);
    try (SessionContext session = builder(limited).largeWorkers(limited).build();
        QueryHandle query = session.sql(COUNTS)) {
      assertThat(query.rows()).containsExactly(EXPECTED);
      assertThat(query.statistics().stages().getFirst().tasks()).isEqualTo(2 + 4);
    }
  }

  @Test
  void aTaskThatIsTooLargeByItselfFailsWithWhatToDo() {
    try (SessionContext session = session(limited(request -> splits(request) > 0));
        QueryHandle query = session.sql(COUNTS)) {
      assertThatThrownBy(query::rows)
          .isInstanceOfSatisfying(
              FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_LIMIT))
          .hasMessageMatching(
              "full; task \\d+ of stage 0 cannot be divided: with more workers its share is"
                  + " smaller, larger ones have more memory");
    }
  }

  /// The join's tasks get all of stage 0, which is said to be larger than it is.
  @Test
  void aTaskIsNotDividedForWhatEveryTaskHolds() {
    Dispatcher claiming =
        request ->
            request.stage() == 0
                ? workers.run(request).thenApply(DividedTasksTest::enlarged)
                : CompletableFuture.failedFuture(
                    new FrazilException(ErrorCode.MEMORY_LIMIT, "full"));
    try (SessionContext session = session(claiming);
        QueryHandle query = session.sql(COUNTS)) {
      assertThatThrownBy(query::rows)
          .isInstanceOfSatisfying(
              FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_LIMIT))
          .hasMessageMatching(
              "full; task \\d+ of stage 1 cannot be divided: each of its parts would hold all 1024"
                  + " MiB that stage 0 gave; larger workers have more memory");
    }
    assertThat(requests)
        .filteredOn(request -> request.stage() == 1)
        .extracting(DividedTasksTest::splits)
        .containsOnly(FILES / 2);
  }

  private static FragmentResponse enlarged(FragmentResponse response) {
    PartialManifest partial =
        PlanJson.read(Objects.requireNonNull(response.partial()), PartialManifest.class);
    List<PartialManifest.Range> ranges =
        partial.partitions().stream()
            .map(range -> new PartialManifest.Range(range.offset(), 512L << 20, range.rows()))
            .toList();
    return new FragmentResponse(
        response.query(),
        response.stage(),
        response.task(),
        response.attempt(),
        PlanJson.embed(
            new PartialManifest(partial.location(), partial.attempt(), 1L << 30, ranges)),
        null,
        response.statistics(),
        null);
  }

  @Test
  void aTaskIsNotDividedThatAnAttemptCommittedAfterAll() {
    var first = new AtomicBoolean(true);
    Dispatcher lying =
        request ->
            workers
                .run(request)
                .thenApply(response -> {
                  if (request.stage() == 0 && first.getAndSet(false)) {
                    throw new FrazilException(ErrorCode.MEMORY_LIMIT, "full");
                  }
                  return response;
                });
    try (SessionContext session = session(lying);
        QueryHandle query = session.sql(COUNTS)) {
      assertThat(query.rows()).containsExactly(EXPECTED);
    }
    assertThat(requests).filteredOn(r -> r.stage() == 0).hasSize(2);
  }

  @Test
  void anAttemptThatComesTooLateFindsItsTaskDivided() {
    var halved = new CompletableFuture<Void>();
    var late = new ConcurrentLinkedQueue<CompletableFuture<FragmentResponse>>();
    Dispatcher slow =
        request -> {
          if (request.stage() == 0 && splits(request) > 3) {
            // It goes on behind the coordinator's back, once the halves are done.
            late.add(halved.thenCompose(_ -> workers.run(request)));
            return CompletableFuture.failedFuture(
                new FrazilException(ErrorCode.MEMORY_LIMIT, "full"));
          }
          if (request.stage() == 0) {
            return workers.run(request);
          }
          halved.complete(null);
          return CompletableFuture.allOf(late.toArray(CompletableFuture<?>[]::new))
              .thenCompose(_ -> workers.run(request));
        };
    try (SessionContext session = session(slow);
        QueryHandle query = session.sql(COUNTS)) {
      assertThat(query.rows()).containsExactly(EXPECTED);
    }
    assertThat(late)
        .hasSize(2)
        .allSatisfy(
            answer -> assertThat(String.valueOf(answer.join().partial())).contains("\"divided\""));
  }

  @Test
  void theLastStageSaysThatItIsTheCoordinatorWhoseMemoryIsShort() {
    try (SessionContext session =
            builder().memory(100_000).workers(2).workerMemory(1 << 30).dispatcher(workers).build();
        QueryHandle query = session.sql("SELECT k FROM numbers ORDER BY k")) {
      assertThatThrownBy(query::rows)
          .isInstanceOfSatisfying(
              FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_LIMIT))
          .hasMessageEndingWith(
              "; the last stage runs in the coordinator alone: give it more memory, or ask for"
                  + " fewer rows");
    }
  }

  private SessionBuilder builder() {
    return SessionContext.builder()
        .threads(1)
        .catalog("iceberg", catalog)
        .defaults("iceberg", LocalWarehouse.DEFAULT_SCHEMA);
  }

  private SessionContext session(Dispatcher dispatcher) {
    return builder(dispatcher).build();
  }

  private SessionBuilder builder(Dispatcher dispatcher) {
    return builder()
        .workers(1)
        .taskBytes(1)
        .dispatcher(request -> {
          requests.add(request);
          return dispatcher.run(request);
        });
  }

  private Dispatcher limited(Predicate<FragmentRequest> tooLarge) {
    return request ->
        tooLarge.test(request)
            ? CompletableFuture.failedFuture(new FrazilException(ErrorCode.MEMORY_LIMIT, "full"))
            : workers.run(request);
  }

  private static String task(FragmentRequest request) {
    return request.stage() + "/" + request.task();
  }

  private static int splits(FragmentRequest request) {
    Fragment fragment = PlanJson.read(Objects.requireNonNull(request.fragment()), Fragment.class);
    return fragment.splits().values().stream().mapToInt(List::size).sum();
  }
}
