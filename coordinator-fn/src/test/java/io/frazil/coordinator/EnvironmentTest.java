package io.frazil.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.ErrorMessage;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a function's variables make of it, over tables of this machine.
@Timeout(60)
class EnvironmentTest {
  private static final String WRITES = "FRAZIL_WRITES";

  @TempDir private Path folder;

  @BeforeEach
  void makeATable() {
    assertThat(ask(Map.of(WRITES, "true"), "CREATE TABLE t AS SELECT 1 AS n").error()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE SCHEMA other",
        "CREATE TABLE other AS SELECT 1 AS n",
        "INSERT INTO t VALUES (2)",
        "DROP TABLE t",
        "DROP SCHEMA main"
      })
  void withoutAWordOfItNothingMayBeWritten(String statement) {
    for (Map<String, String> variables :
        List.of(Map.<String, String>of(), Map.of(WRITES, ""), Map.of(WRITES, "false"))) {
      ErrorMessage error = Objects.requireNonNull(ask(variables, statement).error());
      assertThat(error.code()).as(error.message()).isEqualTo("PERMISSION_DENIED");
    }
    assertThat(ask(Map.of(), "SELECT n FROM t").rows()).containsExactly(List.of(1L));
  }

  @Test
  void whereItIsSaidTablesMayBeWritten() {
    Map<String, String> writing = Map.of(WRITES, "true");
    assertThat(ask(writing, "INSERT INTO t VALUES (2)").error()).isNull();
    assertThat(ask(writing, "SELECT count(*) FROM t").rows()).containsExactly(List.of(2L));
    assertThat(ask(writing, "DROP TABLE t").error()).isNull();
  }

  private QueryResponse ask(Map<String, String> variables, String sql) {
    var all = new HashMap<>(variables);
    all.put("FRAZIL_CATALOG", "local");
    all.put("FRAZIL_WAREHOUSE", folder.resolve("tables").toString());
    all.put("FRAZIL_RESULTS", folder.resolve("results").toString());
    try (var runner = Environment.of(all).runner()) {
      byte[] answer = new CoordinatorHandler(runner).handle(Json.encode(QueryRequest.of(sql)));
      return Json.decode(answer, QueryResponse.class);
    }
  }
}
