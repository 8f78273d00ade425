package io.frazil.events.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.QueryResponse;
import io.frazil.json.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryLogTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.006Z");
  private static final String SQL = "SELECT 'a secret'";
  private static final QueryResponse.Statistics STATISTICS =
      new QueryResponse.Statistics(
          12,
          345,
          400,
          7,
          1_000,
          0,
          List.of(new QueryResponse.Stage(0, "scan", 4, 6, 1, 1, 1, 1, 1, List.of())));

  private final List<String> lines = new ArrayList<>();

  @Test
  void aQueryThatBeginsIsNamedByAHashOfItsText() {
    log(LogLevel.INFO).began("q1", SQL);
    assertThat(lines)
        .containsExactly(
            """
            {"timestamp":"2026-01-02T03:04:05.006Z","level":"INFO","message":"Query began",\
            "query":"q1","sqlHash":"0250df1381e190f0"}\
            """);
  }

  @Test
  void whatChangesNothingOfAQueryIsToldAllTheSame() {
    var error = new ErrorMessage("STORE_UNAVAILABLE", "TRANSIENT", "no list now", null);
    log(LogLevel.WARN).passedOver("q1", "Stages are left", error);
    assertThat(lines)
        .containsExactly(
            """
            {"timestamp":"2026-01-02T03:04:05.006Z","level":"WARN","message":"Stages are left",\
            "query":"q1","code":"STORE_UNAVAILABLE","class":"TRANSIENT"}\
            """);
    log(LogLevel.DEBUG).passedOver("q1", "Stages are left", error);
    assertThat(line(1).path("error").asText()).isEqualTo("no list now");
  }

  @Test
  void onlyDebuggingShowsAStatementsText() {
    log(LogLevel.DEBUG).began("q1", SQL);
    assertThat(lines).hasSize(2);
    assertThat(line(1).path("level").asText()).isEqualTo("DEBUG");
    assertThat(line(1).path("sql").asText()).isEqualTo(SQL);
  }

  @Test
  void aQueryThatEndedIsCounted() {
    var ledger = new QueryResponse.Ledger("us-east-1", "2026-01-01", 0.25, List.of());
    log(LogLevel.INFO)
        .ended(
            "q1",
            new QueryResponse(
                "q1", List.of(), List.of(), null, null, STATISTICS, null, ledger, null));

    JsonNode line = line(0);
    assertThat(line.path("message").asText()).isEqualTo("Query ended");
    assertThat(line.path("query").asText()).isEqualTo("q1");
    assertThat(line.path("Function").asText()).isEqualTo("frazil-coordinator");
    assertThat(
            Map.of(
                "Queries", line.path("Queries").asInt(),
                "Failures", line.path("Failures").asInt(),
                "Duration", line.path("Duration").asInt(),
                "BytesRead", line.path("BytesRead").asInt(),
                "Tasks", line.path("Tasks").asInt(),
                "Retries", line.path("Retries").asInt()))
        .isEqualTo(
            Map.of(
                "Queries",
                1,
                "Failures",
                0,
                "Duration",
                345,
                "BytesRead",
                1_000,
                "Tasks",
                4,
                "Retries",
                2));
    assertThat(line.path("Dollars").asDouble()).isEqualTo(0.25);
    JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
    assertThat(line.at("/_aws/Timestamp").asLong()).isEqualTo(NOW.toEpochMilli());
    assertThat(directive.path("Namespace").asText()).isEqualTo("Frazil");
    assertThat(directive.path("Dimensions").toString()).isEqualTo("[[\"Function\"]]");
    assertThat(directive.path("Metrics"))
        .hasSize(7)
        .allSatisfy(metric -> assertThat(line.has(metric.path("Name").asText())).isTrue());
  }

  @Test
  void aFailureIsCountedByItsCodeAndTellsNoData() {
    log(LogLevel.WARN).ended("q1", failed("DIVISION_BY_ZERO", "DATA", "no-eyes-but-yours / 0"));
    JsonNode line = line(0);
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("code").asText()).isEqualTo("DIVISION_BY_ZERO");
    assertThat(line.path("Code").asText()).isEqualTo("DIVISION_BY_ZERO");
    assertThat(line.path("Failures").asInt()).isEqualTo(1);
    assertThat(line.at("/_aws/CloudWatchMetrics/1/Dimensions").toString())
        .isEqualTo("[[\"Function\",\"Code\"]]");
    assertThat(line.at("/_aws/CloudWatchMetrics/1/Metrics"))
        .hasSize(1)
        .allSatisfy(m -> assertThat(m.path("Name").asText()).isEqualTo("Failures"));
    assertThat(lines.getFirst()).doesNotContain("no-eyes-but-yours");
  }

  @Test
  void ourOwnFaultsAreErrorsAndTheirTextIsForDebugging() {
    log(LogLevel.ERROR)
        .ended("q1", failed("INTERNAL", "INTERNAL", "For input string: no-eyes-but-yours"));
    assertThat(line(0).path("level").asText()).isEqualTo("ERROR");
    assertThat(lines.getFirst()).doesNotContain("no-eyes-but-yours");
    log(LogLevel.DEBUG)
        .ended("q1", failed("INTERNAL", "INTERNAL", "For input string: no-eyes-but-yours"));
    assertThat(line(1).path("error").asText()).isEqualTo("For input string: no-eyes-but-yours");
  }

  @Test
  void ourOwnFaultsSayWhereTheyAreAndNoValue() {
    var cause = new NumberFormatException("For input string: no-eyes-but-yours");
    log(LogLevel.ERROR).broke("q1", new IllegalStateException("of no-eyes-but-yours", cause));
    assertThat(line(0).path("query").asText()).isEqualTo("q1");
    assertThat(line(0).path("level").asText()).isEqualTo("ERROR");
    List<String> trace = trace(0);
    assertThat(trace)
        .startsWith("java.lang.IllegalStateException")
        .contains("caused by java.lang.NumberFormatException");
    assertThat(trace.get(1))
        .startsWith("at ")
        .contains("QueryLogTest.ourOwnFaultsSayWhereTheyAreAndNoValue(QueryLogTest.java:");
    assertThat(lines.getFirst()).doesNotContain("no-eyes-but-yours");
  }

  @Test
  void aTraceIsBounded() {
    var first = new IllegalStateException();
    var second = new IllegalStateException(first);
    first.initCause(second);
    first.setStackTrace(new StackTraceElement[0]);
    var frames = new StackTraceElement[1_000];
    Arrays.fill(frames, new StackTraceElement("C", "m", "C.java", 1));
    second.setStackTrace(frames);
    log(LogLevel.ERROR).broke("q1", second);
    assertThat(trace(0)).hasSizeLessThan(120).contains("at C.m(C.java:1)", "and 980 more");
  }

  @Test
  void aRequestThatFailsByOurFaultIsCountedByItsCode() {
    log(LogLevel.ERROR).requestBroke("q1", "r1", new IllegalStateException());
    assertThat(line(0).path("query").asText()).isEqualTo("q1");
    assertThat(line(0).path("request").asText()).isEqualTo("r1");
    assertThat(line(0).path("Failures").asInt()).isEqualTo(1);
    assertThat(line(0).path("Code").asText()).isEqualTo("INTERNAL");
    assertThat(trace(0)).isNotEmpty();
  }

  @Test
  void whatIsCountedIsWrittenAtAnyLevel() {
    for (LogLevel level : LogLevel.values()) {
      log(level).ended("q1", QueryResponse.failed("q1", new ErrorMessage("X", "USER", "", null)));
    }
    assertThat(lines).hasSize(LogLevel.values().length).allMatch(line -> line.contains("\"_aws\""));
  }

  @Test
  void requestsAreSaidWithTheirQuery() {
    log(LogLevel.INFO).answered("r1", "POST /v1/queries", 202, 12, "q1");
    assertThat(lines)
        .containsExactly(
            """
            {"timestamp":"2026-01-02T03:04:05.006Z","level":"INFO","message":"Request answered",\
            "query":"q1","request":"r1","route":"POST /v1/queries","status":202,"millis":12}\
            """);
  }

  @Test
  void requestsThatOnlyLookAreForDebuggingUnlessTheyFail() {
    log(LogLevel.INFO).answered("r1", "GET /v1/queries/{id}", 200, 12, "q1");
    assertThat(lines).isEmpty();
    log(LogLevel.DEBUG).answered("r1", "GET /v1/queries/{id}", 200, 12, "q1");
    log(LogLevel.INFO).answered("r1", "GET /v1/queries/{id}", 503, 12, "q1");
    assertThat(lines).hasSize(2);
    assertThat(line(1).path("level").asText()).isEqualTo("WARN");
  }

  @Test
  void handOversStepsRetriesAndThrottlesAreSaidWithTheirQuery() {
    var request = new FragmentRequest("q1", 2, 3, 2, "{}");
    QueryLog log = log(LogLevel.DEBUG);
    log.handedOver("q1", "coordinator");
    log.stepped("q1", "tasks", 7);
    log.triedAgain(request);
    log.callFailed(request, "THROTTLED");
    log.callFailed(request, "ATTEMPT_LOST");
    assertThat(lines)
        .allMatch(line -> line.contains("\"query\":\"q1\""))
        .map(line -> line.replaceFirst(".*\"query\":\"q1\",", ""))
        .containsExactly(
            "\"to\":\"coordinator\"}",
            "\"next\":\"tasks\",\"tasks\":7}",
            "\"stage\":2,\"task\":3,\"attempt\":2}",
            "\"stage\":2,\"task\":3,\"attempt\":2,\"code\":\"THROTTLED\"}",
            "\"stage\":2,\"task\":3,\"attempt\":2,\"code\":\"ATTEMPT_LOST\"}");
    assertThat(line(3).path("level").asText()).isEqualTo("DEBUG");
    assertThat(line(4).path("level").asText()).isEqualTo("WARN");
  }

  /// As Lambda counts the error itself when the invocation began, and one is taken from the other.
  @Test
  void anErrorThatTellsIsCountedWhenItsInvocationBegan() {
    Instant invoked = NOW.minusSeconds(870);
    log(LogLevel.ERROR).toldAsError("q1", "TransientFailure", invoked);
    assertThat(line(0).at("/_aws/Timestamp").asLong()).isEqualTo(invoked.toEpochMilli());
    assertThat(line(0).path("timestamp").asText()).isEqualTo(NOW.toString());
    assertThat(line(0).path("ErrorsTold").asInt()).isEqualTo(1);
  }

  @Test
  void anAttemptIsNamedByQueryStageTaskAndNumber() {
    var statistics =
        new FragmentResponse.Statistics(2_000_000, 1_000_000, 64, 1, 1, null, Map.of());
    log(LogLevel.INFO)
        .ended(
            new FragmentRequest("q1", 2, 3, 1, "{}"),
            new FragmentResponse("q1", 2, 3, 1, new JsonText("{}"), null, statistics, null));
    assertThat(lines)
        .containsExactly(
            """
            {"timestamp":"2026-01-02T03:04:05.006Z","level":"INFO","message":"Attempt ended",\
            "query":"q1","stage":2,"task":3,"attempt":1,"millis":2,"cpuMillis":1,"peakBytes":64}\
            """);
  }

  @Test
  void whatMattersLessThanAskedForIsNotSaid() {
    log(LogLevel.WARN).began("q1", SQL);
    assertThat(lines).isEmpty();
  }

  @Test
  void outsideOfAFunctionNothingIsSaid() {
    assertThat(FunctionLog.of(Map.of())).isSameAs(FunctionLog.SILENT);
    assertThat(FunctionLog.SILENT.says(LogLevel.ERROR)).isFalse();
  }

  private QueryLog log(LogLevel least) {
    return new QueryLog(new FunctionLog(least, "frazil-coordinator", () -> NOW, lines::add));
  }

  private static QueryResponse failed(String code, String errorClass, String message) {
    return QueryResponse.failed("q1", new ErrorMessage(code, errorClass, message, null));
  }

  private List<String> trace(int index) {
    var trace = new ArrayList<String>();
    line(index).path("trace").forEach(frame -> trace.add(frame.asText()));
    return trace;
  }

  private JsonNode line(int index) {
    try {
      return new ObjectMapper().readTree(lines.get(index));
    } catch (JsonProcessingException e) {
      throw new AssertionError(lines.get(index), e);
    }
  }
}
