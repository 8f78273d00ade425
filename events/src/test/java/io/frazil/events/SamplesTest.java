package io.frazil.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every payload beside the code decodes, and encodes to what it was.
class SamplesTest {
  private static final Path SAMPLES = Path.of("samples");

  /// Messages that nobody reads.
  private static final Set<String> REFUSED = Set.of("query-request-bad.json", "not-ours.json");

  static Stream<Path> samples() throws IOException {
    return Files.list(SAMPLES).sorted();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleSurvivesTheRoundTrip(Path sample) throws IOException {
    byte[] bytes = Files.readAllBytes(sample);
    if (REFUSED.contains(sample.getFileName().toString())) {
      assertThatThrownBy(() -> Json.decode(bytes, QueryRequest.class))
          .isInstanceOf(MessageException.class)
          .hasMessageStartingWith("QueryRequest cannot be read: ");
      return;
    }
    if (sample.getFileName().toString().equals("http-bad-version.json")) {
      assertThatThrownBy(() -> Json.decode(bytes, HttpEvent.class))
          .isInstanceOf(MessageException.class)
          .hasMessage("HttpEvent cannot be read: version must be 2.0: API Gateway's HTTP API");
      return;
    }
    Object message = Json.decode(bytes, type(sample.getFileName().toString()));
    byte[] again = Json.encode(message);
    assertThat(Json.decode(again, message.getClass()))
        .usingRecursiveComparison()
        .isEqualTo(message);
    if (message instanceof HttpEvent) {
      // API Gateway's, of which we know what we need.
      return;
    }
    var lenient = new ObjectMapper();
    assertThat(new String(again, StandardCharsets.UTF_8))
        .satisfies(text ->
            lenient
                .readTree(bytes)
                .fieldNames()
                .forEachRemaining(name -> assertThat(text).contains("\"" + name + "\"")));
  }

  private static Class<?> type(String name) {
    return switch (name.replaceFirst("(-failed|-small)?\\.json$", "")) {
      case "query-request" -> QueryRequest.class;
      case "query-response" -> QueryResponse.class;
      case "fragment-request" -> FragmentRequest.class;
      case "fragment-response" -> FragmentResponse.class;
      case "lead-tasks" -> LeadTasks.class;
      case "led-tasks" -> LedTasks.class;
      case "run-query" -> RunQuery.class;
      case "run-stored-task" -> RunStoredTask.class;
      case "step-query" -> StepQuery.class;
      case "ask-query" -> AskQuery.class;
      case "cancel-query" -> CancelQuery.class;
      case String http when http.startsWith("http-") -> HttpEvent.class;
      default -> throw new AssertionError("no message is called " + name);
    };
  }
}
