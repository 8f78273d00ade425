package io.frazil.localstack.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.plan.PlanJson;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.LeadTasks;
import io.frazil.events.LedTasks;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.localstack.doors.Fragments;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import io.frazil.session.QueryId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// The functions as Lambda runs them: real JVMs under the real runtime interface client.
@OnLocalStack
@Timeout(120)
final class FunctionsTest {
  private final Whole whole;
  private final String query = QueryId.next();

  FunctionsTest(Whole whole) {
    this.whole = whole;
  }

  @Test
  void theWorkerRunsAFragment() {
    String version = whole.deployed().worker();
    FragmentResponse response =
        Json.decode(answer(version, Json.encode(fragment(1))), FragmentResponse.class);
    assertThat(response.error()).isNull();
    PartialManifest partial =
        PlanJson.read(Objects.requireNonNull(response.partial()), PartialManifest.class);
    assertThat(partial.rows()).isEqualTo(2);

    FragmentResponse second =
        Json.decode(answer(version, Json.encode(fragment(2))), FragmentResponse.class);
    assertThat(PlanJson.read(Objects.requireNonNull(second.partial()), PartialManifest.class))
        .as("the first attempt's partial")
        .isEqualTo(partial);
  }

  @Test
  void whatIsNoMessageFailsTheInvocationAndLeavesTheFunctionAlive() {
    String version = whole.deployed().worker();
    InvokeResponse refused =
        whole.functions().invoke(version, "{}".getBytes(StandardCharsets.UTF_8));
    assertThat(refused.functionError()).isEqualTo("Unhandled");
    assertThat(refused.payload().asUtf8String())
        .contains("io.frazil.worker.InvalidMessage", "INVALID_MESSAGE: FragmentRequest cannot be")
        .doesNotContain("FragmentRunner", "Json.decode");
    assertThat(answer(version, Json.encode(fragment(1)))).isNotEmpty();
  }

  @Test
  void theCoordinatorAnswersAQuery() {
    String version = whole.deployed().coordinator();
    byte[] request = Json.encode(QueryRequest.of("SELECT 1 + 1 AS two"));
    QueryResponse response = Json.decode(answer(version, request), QueryResponse.class);
    assertThat(response.error()).isNull();
    assertThat(response.rows()).hasSize(1);
    assertThat(response.rows().getFirst()).isEqualTo(List.of(2L));
  }

  @Test
  void aCoordinatorHandsTasksOnToWorkers() {
    String version = whole.deployed().coordinator();
    FragmentRequest other = Fragments.of(whole.deployed().results(), QueryId.next(), 1);
    byte[] request = Json.encode(new LeadTasks(List.of(fragment(1), other)));
    LedTasks led = Json.decode(answer(version, request), LedTasks.class);
    assertThat(led.led()).extracting(FragmentResponse::query).containsExactly(query, other.query());
    assertThat(led.led())
        .allSatisfy(response -> {
          assertThat(response.error()).isNull();
          assertThat(
                  PlanJson.read(Objects.requireNonNull(response.partial()), PartialManifest.class)
                      .rows())
              .isEqualTo(2);
        });
  }

  private FragmentRequest fragment(int attempt) {
    return Fragments.of(whole.deployed().results(), query, attempt);
  }

  private byte[] answer(String version, byte[] request) {
    InvokeResponse response = whole.functions().invoke(version, request);
    assertThat(response.functionError()).as(response.payload().asUtf8String()).isNull();
    assertThat(response.executedVersion()).isEqualTo(version.substring(version.indexOf(':') + 1));
    String log =
        new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8);
    assertThat(log).contains("REPORT RequestId: ").contains("Billed Duration: ");
    return response.payload().asByteArrayUnsafe();
  }
}
