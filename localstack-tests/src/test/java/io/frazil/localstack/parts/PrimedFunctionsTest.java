package io.frazil.localstack.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.localstack.doors.Fragments;
import io.frazil.localstack.stack.LocalStack;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import io.frazil.session.QueryId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Functions that are primed before their snapshot is taken: versions of their own, which nobody
/// else calls.
@OnLocalStack
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Whole.NEXT_VERSIONS)
final class PrimedFunctionsTest {
  private static final Map<String, String> PRIMED = Map.of("FRAZIL_PRIMING_SECONDS", "1");

  private final Whole whole;

  PrimedFunctionsTest(Whole whole) {
    this.whole = whole;
  }

  @Test
  void theWorkerWorksAfterItsSnapshot() throws IOException {
    String version = published(whole.deployed().worker(), whole.deployment().code().worker());
    byte[] fragment = Json.encode(Fragments.of(whole.deployed().results(), QueryId.next(), 1));
    FragmentResponse response =
        Json.decode(whole.functions().answer(version, fragment), FragmentResponse.class);
    assertThat(response.error()).isNull();
    assertThat(log(version)).contains("worker: primed (");
  }

  @Test
  void theCoordinatorWorksAfterItsSnapshot() throws IOException {
    String version =
        published(whole.deployed().coordinator(), whole.deployment().code().coordinator());
    byte[] request = Json.encode(QueryRequest.of("SELECT 1 + 1 AS two"));
    QueryResponse response =
        Json.decode(whole.functions().answer(version, request), QueryResponse.class);
    assertThat(response.error()).isNull();
    assertThat(response.rows()).isEqualTo(List.of(List.of(2L)));
    assertThat(log(version)).contains("coordinator: primed (");
  }

  private String published(String function, String code) {
    return whole.functions().publishNext(function, code, PRIMED);
  }

  private static String log(String version) throws IOException {
    try (Stream<Path> logs = Files.list(LocalStack.logs())) {
      String prefix = version.replace(':', '-') + "-";
      Path log =
          logs.filter(file -> file.getFileName().toString().startsWith(prefix))
              .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
              .orElseThrow();
      return Files.readString(log);
    }
  }
}
