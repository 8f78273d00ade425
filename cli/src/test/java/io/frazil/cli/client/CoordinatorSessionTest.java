package io.frazil.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.vector.BatchReader;
import io.frazil.events.QueryRequest;
import io.frazil.session.QueryHandle;
import io.frazil.session.QueryHandle.Kind;
import io.frazil.session.SessionContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CoordinatorSessionTest {
  @TempDir private Path folder;

  private final MemoryPool memory = new MemoryPool(256 << 20);
  private CoordinatorSession session;

  @BeforeEach
  void start() {
    var coordinator =
        new InProcessCoordinator(
            () -> SessionContext.builder().memory(memory),
            new LocalObjectStore(),
            folder + "/",
            memory,
            Duration.ofMillis(10));
    session = new CoordinatorSession(coordinator, Map.of());
  }

  @AfterEach
  void nothingIsHeldOrLeft() throws IOException {
    assertThat(memory.used()).isZero();
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void rowsKeepTheirTypes() {
    try (QueryHandle query =
        session.sql("SELECT 1 AS n, 0.50 AS d, 'x' AS s, DATE '2024-02-29' AS day, NULL AS e")) {
      assertThat(query.kind()).isEqualTo(Kind.ROWS);
      assertThat(query.schema().fields())
          .extracting(f -> f.name())
          .containsExactly("n", "d", "s", "day", "e");
      assertThat(query.rows())
          .containsExactly(
              Arrays.asList(1, new BigDecimal("0.50"), "x", LocalDate.of(2024, 2, 29), null));
      assertThat(query.statistics().rows()).isEqualTo(1);
      assertThat(query.ledger().dollars()).isPositive();
    }
  }

  @Test
  void parametersTravel() {
    try (QueryHandle query = session.sql("SELECT ? + 1, ? || 'b'", List.of(41, "a"))) {
      assertThat(query.rows()).containsExactly(List.of(42, "ab"));
    }
  }

  @Test
  void viewsStayWithTheSession() {
    assertThat(rows("CREATE VIEW v(n) AS SELECT 1")).isEmpty();
    assertThat(rows("CREATE VIEW w AS SELECT n + 1 AS n FROM v")).isEmpty();
    assertThat(rows("SELECT * FROM w")).containsExactly(List.of(2));
    assertThatThrownBy(() -> rows("CREATE VIEW v AS SELECT 9"))
        .hasMessage("View 'v' exists already");
    rows("CREATE OR REPLACE VIEW v(n) AS SELECT 10");
    assertThat(rows("SELECT * FROM w")).containsExactly(List.of(11));
    rows("DROP VIEW w");
    assertThatThrownBy(() -> rows("SELECT * FROM w"))
        .hasMessageStartingWith("line 1:15: Table 'w' does not exist");
  }

  @Test
  void whatNoMessageHoldsIsRefused() {
    String text = "SELECT '" + "x".repeat(QueryRequest.SQL_CHARACTERS_MAX) + "'";
    assertThatThrownBy(() -> rows(text))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessage("sql may have at most 1000000 characters, not 1000009");
    var parameters = Collections.nCopies(QueryRequest.PARAMETERS_MAX + 1, 1);
    String many = "SELECT 1 WHERE 1 IN (%s ?)".formatted("?, ".repeat(parameters.size() - 1));
    assertThatThrownBy(() -> session.sql(many, parameters))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessage("there may be at most 1000 parameters");
  }

  @Test
  void anErrorKeepsItsPlace() {
    assertThatThrownBy(() -> rows("SELECT missing"))
        .isInstanceOf(FrazilException.class)
        .hasMessageStartingWith("line 1:8: Column 'missing' ");
  }

  @Test
  void aCancelledQueryEnds() throws InterruptedException {
    String ones = "WITH d(n) AS (VALUES %s) ".formatted("(1), ".repeat(99) + "(1)");
    try (QueryHandle query =
        session.sql(ones + "SELECT count(*) FROM d a, d b, d c, d e, d f, d g")) {
      while (query.progress().tasks() == 0) {
        Thread.sleep(5);
      }
      query.cancel();
      assertThatThrownBy(query::kind).hasMessage("The query was cancelled");
    }
  }

  @Test
  void oneIsCancelledThatHasHardlyBegun() {
    String ones = "WITH d(n) AS (VALUES %s) ".formatted("(1), ".repeat(99) + "(1)");
    try (QueryHandle query =
        session.sql(ones + "SELECT count(*) FROM d a, d b, d c, d e, d f, d g")) {
      query.cancel();
      assertThatThrownBy(query::kind).hasMessage("The query was cancelled");
    }
  }

  @Test
  void readingWhatAQueryGaveIsCancelledToo() {
    try (QueryHandle query = session.sql("SELECT 1 AS n")) {
      BatchReader rows = query.batches();
      query.cancel();
      assertThatThrownBy(rows::next).hasMessage("The query was cancelled");
    }
  }

  private List<List<Object>> rows(String sql) {
    try (QueryHandle query = session.sql(sql)) {
      return query.rows();
    }
  }
}
