package io.frazil.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.arrow.ArrowBatchReader;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.events.ErrorMessage;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.session.SessionContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinatorHandlerTest {
  @TempDir private Path folder;

  private final CoordinatorHandler coordinator =
      new CoordinatorHandler(new QueryRunner(SessionContext::builder));

  @Test
  void rowsComeWithTheAnswer() {
    QueryResponse response =
        ask(QueryRequest.of("SELECT 1 AS one, 'x' AS text, 0.50 AS price, NULL AS nothing"));
    assertThat(response.error()).isNull();
    assertThat(response.columns())
        .extracting(QueryResponse.Column::name)
        .containsExactly("one", "text", "price", "nothing");
    assertThat(response.rows()).hasSize(1);
    assertThat(response.rows().getFirst()).isEqualTo(Arrays.asList(1L, "x", "0.50", null));
    assertThat(Objects.requireNonNull(response.statistics()).rows()).isEqualTo(1);
    assertThat(Objects.requireNonNull(response.ledger()).dollars()).isPositive();
  }

  @Test
  void rowsGoToAnOutputAsAnArrowFile() {
    String output = folder.resolve("result.arrow").toString();
    QueryResponse response =
        ask(new QueryRequest("SELECT 7 AS n", List.of(), null, null, output, null));
    assertThat(response.error()).isNull();
    assertThat(response.rows()).isEmpty();
    assertThat(response.output()).isEqualTo(output);
    try (var reader =
        ArrowBatchReader.ofFile(new LocalObjectStore().open(output), new MemoryPool(1 << 24))) {
      assertThat(Objects.requireNonNull(reader.next()).rows()).isEqualTo(1);
    }
  }

  @Test
  void anErrorHasItsPlaceInTheText() {
    ErrorMessage error =
        Objects.requireNonNull(ask(QueryRequest.of("SELECT * FROM missing")).error());
    assertThat(error.code()).isEqualTo("TABLE_NOT_FOUND");
    assertThat(error.errorClass()).isEqualTo("USER");
    assertThat(error.position()).isEqualTo(new ErrorMessage.Position(1, 15));
  }

  @Test
  void whatIsNoRequestIsAnErrorToo() {
    byte[] answer = coordinator.handle("SELECT 1".getBytes(StandardCharsets.UTF_8));
    QueryResponse response = Json.decode(answer, QueryResponse.class);
    ErrorMessage error = Objects.requireNonNull(response.error());
    assertThat(error.code()).isEqualTo("INVALID_MESSAGE");
    assertThat(error.message())
        .startsWith("QueryRequest cannot be read: Unrecognized token 'SELECT'");
  }

  @Test
  void aCatalogWithoutASchemaIsRefused() {
    var request = new QueryRequest("SELECT 1", List.of(), "memory", null, null, null);
    assertThat(Objects.requireNonNull(ask(request).error()).message())
        .isEqualTo("A request that names a catalog names a schema too");
  }

  private QueryResponse ask(QueryRequest request) {
    var out = new ByteArrayOutputStream();
    try {
      coordinator.handleRequest(new ByteArrayInputStream(Json.encode(request)), out, null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Json.decode(out.toByteArray(), QueryResponse.class);
  }
}
