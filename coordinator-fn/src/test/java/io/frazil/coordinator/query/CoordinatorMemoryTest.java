package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.arrow.ArrowBatchReader;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.vector.Batch;
import io.frazil.events.ErrorMessage;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Results larger than a coordinator's heap: written with bounded memory, or refused with a limit
/// that is named. Each time it goes on afterwards.
@Timeout(300)
class CoordinatorMemoryTest {
  private static final int ROWS = 1_000_000;
  private static final String TABLE =
      "WITH d(n) AS (VALUES %s) SELECT a.n + 100 * b.n + 10000 * c.n AS n,".formatted(digits())
          + " repeat('x', 300) || CAST(a.n AS VARCHAR) || CAST(c.n AS VARCHAR) AS t"
          + " FROM d a, d b, d c";

  @TempDir private Path folder;

  private SmallCoordinator coordinator;

  @BeforeEach
  void start() throws IOException {
    coordinator = SmallCoordinator.start(folder);
  }

  @AfterEach
  void goesOn() throws IOException {
    assertThat(ask("SELECT 7").rows().getFirst()).containsExactly(7L);
    coordinator.close();
  }

  @Test
  void aResultLargerThanTheHeapIsWritten() throws IOException {
    QueryResponse response = ask(TABLE);
    assertThat(response.error()).isNull();
    String output = Objects.requireNonNull(response.output());
    assertThat(Files.size(Path.of(output))).isGreaterThan(SmallCoordinator.HEAP_MIB << 20);
    long rows = 0;
    try (var reader =
        ArrowBatchReader.ofFile(new LocalObjectStore().open(output), new MemoryPool(256 << 20))) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        rows += batch.rows();
      }
    }
    assertThat(rows).isEqualTo(ROWS);
  }

  @Test
  void anOrderOfMoreThanTheMemoryIsRefused() {
    ErrorMessage error = Objects.requireNonNull(ask(TABLE + " ORDER BY t, n").error());
    assertThat(error.code()).isEqualTo("MEMORY_LIMIT");
    assertThat(error.message())
        .matches(
            "sort \\d+ needs \\d+ [KM]iB more memory, but \\d+ MiB of the query's 9\\d MiB are in"
                + " use; .*");
  }

  @Test
  void aFewFirstRowsOfAnOrderNeedNoMoreThanThose() {
    QueryResponse response = ask(TABLE + " ORDER BY n DESC LIMIT 3");
    assertThat(response.error()).isNull();
    assertThat(response.rows())
        .extracting(row -> row.getFirst())
        .containsExactly((long) ROWS - 1, (long) ROWS - 2, (long) ROWS - 3);
  }

  @Test
  void rowsThatNoBatchHoldsAreRefused() {
    String wide = "WITH d(n) AS (VALUES %s) SELECT repeat('x', 1000000) AS t FROM d a, d b";
    ErrorMessage error = Objects.requireNonNull(ask(wide.formatted(digits())).error());
    assertThat(error.code()).isEqualTo("MEMORY_LIMIT");
  }

  private QueryResponse ask(String sql) {
    byte[] request = Json.encode(QueryRequest.of(sql));
    return Json.decode(coordinator.call(request), QueryResponse.class);
  }

  private static String digits() {
    var digits = new StringBuilder("(0)");
    for (int i = 1; i < 100; i++) {
      digits.append(", (").append(i).append(')');
    }
    return digits.toString();
  }
}
