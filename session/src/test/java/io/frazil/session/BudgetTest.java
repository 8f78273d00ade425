package io.frazil.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.plan.PlanJson;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.BatchBuilder;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.session.cost.Ledger.Basis;
import io.frazil.session.cost.Ledger.Line;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.session.dispatch.InProcessDispatcher;
import io.frazil.worker.WorkerHandler;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BudgetTest {
  private static final Schema NUMBERS = Schema.of(new Field("k", Types.BIGINT, false));

  /// Three tasks on workers at least, one after the other where there is one worker.
  private static final String COUNTS =
      "SELECT count(*) FROM numbers a JOIN numbers b ON a.k = b.k JOIN numbers c ON a.k = c.k"
          + " WHERE b.k < 900 AND c.k < 800";

  @TempDir private Path folder;

  private final AtomicInteger dispatched = new AtomicInteger();

  @Test
  void aQueryThatCannotBeWithinItsBudgetIsNotBegun() {
    run(
        "0.0000001",
        0,
        session ->
            assertThatThrownBy(() -> session.sql(COUNTS))
                .isInstanceOf(FrazilException.class)
                .hasMessageMatching(
                    "The query is predicted to cost \\$[0-9.]+ to \\$[0-9.]+, above its budget of"
                        + " \\$0\\.0000001: nothing was run")
                .extracting(e -> ((FrazilException) e).code())
                .isEqualTo(ErrorCode.BUDGET_EXCEEDED));
    assertThat(dispatched).hasValue(0);
  }

  @Test
  void aQueryThatComesToCostMoreIsStopped() {
    run(
        "0.01",
        100_000,
        session -> {
          try (QueryHandle query = session.sql(COUNTS)) {
            assertThatThrownBy(query::rows)
                .isInstanceOf(FrazilException.class)
                .hasMessageStartingWith("The query was stopped at its budget of $0.01: ")
                .extracting(e -> ((FrazilException) e).code())
                .isEqualTo(ErrorCode.BUDGET_EXCEEDED);
            assertThat(query.ledger().lines())
                .filteredOn(line -> line.item().equals("worker compute"))
                .extracting(Line::basis)
                .contains(Basis.REPORTED);
            assertThat(query.ledger().dollars()).isGreaterThan(0.005);
          }
        });
    assertThat(dispatched.get()).isEqualTo(2);
  }

  /// An attempt that hears of it ends and is paid for as it says; one that does not is given up,
  /// and taken to have run until then.
  @Test
  void workersAreToldAtOnceThatTheBudgetIsSpent() {
    try (IcebergCatalog warehouse = LocalWarehouse.open(folder);
        var workers = new InProcessDispatcher(new WorkerHandler()::handle)) {
      fill(warehouse);
      Dispatcher untilTold =
          request -> {
            Fragment fragment =
                PlanJson.read(Objects.requireNonNull(request.fragment()), Fragment.class);
            return CompletableFuture.runAsync(
                    () -> awaitObject(fragment.control()), Thread::startVirtualThread)
                .thenCompose(_ -> workers.run(request))
                .thenApply(response -> response.billed(10));
          };
      try (SessionContext session =
          builder(warehouse)
              .workers(1)
              .dispatcher(untilTold)
              .budget(new BigDecimal("0.0001"))
              .build()) {
        QueryHandle query = session.sql(COUNTS);
        try (query) {
          assertThatThrownBy(query::rows)
              .isInstanceOf(FrazilException.class)
              .hasMessageStartingWith("The query was stopped at its budget of $0.0001: ")
              .hasMessageEndingWith(" are spent");
        }
        assertThat(query.ledger().lines())
            .filteredOn(line -> line.item().equals("worker compute"))
            .isNotEmpty()
            .extracting(Line::basis)
            .containsOnly(Basis.REPORTED);
      }
    }
  }

  private static void awaitObject(String location) {
    while (!Files.exists(Path.of(location))) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aQueryWithinItsBudgetEnds() {
    run(
        "1",
        10,
        session -> {
          try (QueryHandle query = session.sql(COUNTS)) {
            assertThat(query.rows()).containsExactly(List.of(800L));
            assertThat(query.estimate().dollars().high()).isPositive();
            assertThat(query.ledger().lines())
                .filteredOn(line -> line.basis() == Basis.REPORTED)
                .isNotEmpty();
          }
        });
    assertThat(dispatched.get()).isPositive();
  }

  @Test
  void aBudgetAboveTheMostIsRefused() {
    SessionBuilder builder =
        SessionContext.builder().budget(new BigDecimal("2.5")).budgetMax(new BigDecimal("2"));
    assertThatThrownBy(builder::build)
        .hasMessage("The budget of $2.50 is above $2.00, the most that a query may cost here")
        .extracting(e -> ((FrazilException) e).code())
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    builder.budget(new BigDecimal("2.00")).build().close();
  }

  @Test
  void withoutABudgetTheMostIsTheBudget() {
    try (IcebergCatalog warehouse = LocalWarehouse.open(folder)) {
      fill(warehouse);
      try (SessionContext session =
          builder(warehouse).budgetMax(new BigDecimal("0.0000000001")).build()) {
        assertThatThrownBy(() -> session.sql(COUNTS))
            .hasMessageContaining("above its budget of $0.0000000001: nothing was run");
      }
    }
  }

  /// @param billedMillis what each attempt on a worker is billed
  private void run(String budget, long billedMillis, Consumer<SessionContext> action) {
    try (IcebergCatalog warehouse = LocalWarehouse.open(folder);
        var workers = new InProcessDispatcher(new WorkerHandler()::handle)) {
      fill(warehouse);
      Dispatcher billing =
          request -> {
            dispatched.incrementAndGet();
            return workers.run(request).thenApply(response -> response.billed(billedMillis));
          };
      try (SessionContext session =
          builder(warehouse)
              .workers(1)
              .dispatcher(billing)
              .budget(new BigDecimal(budget))
              .build()) {
        action.accept(session);
      }
    }
  }

  private static void fill(IcebergCatalog warehouse) {
    try (SessionContext session = builder(warehouse).build()) {
      var rows = new BatchBuilder(NUMBERS);
      for (long i = 0; i < 1_000; i++) {
        rows.row(i);
      }
      session.register("given", new ListTable(NUMBERS, rows.batches()));
      try (QueryHandle write = session.sql("CREATE TABLE numbers AS SELECT k FROM given")) {
        assertThat(write.updatedRows()).isEqualTo(1_000);
      }
    }
  }

  private static SessionBuilder builder(IcebergCatalog warehouse) {
    return SessionContext.builder()
        .threads(1)
        .catalog("iceberg", warehouse)
        .defaults("iceberg", LocalWarehouse.DEFAULT_SCHEMA);
  }
}
