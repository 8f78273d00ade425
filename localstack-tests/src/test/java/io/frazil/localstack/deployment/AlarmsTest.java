package io.frazil.localstack.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.frazil.events.log.FunctionLog;
import io.frazil.events.log.QueryLog;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What the template's alarms go off at, and what they leave alone.
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
final class AlarmsTest {
  /// A coordinator hands over a minute before its time, less what an answer takes.
  private static final int HANDED_OVER_MILLIS = 900_000 - 60_000 - 5_000;

  /// What it takes CloudWatch to have a count, and its alarm to look.
  private static final int TOLD_SECONDS = 120;

  /// When these are counted there is nothing yet that could take time.
  private static final String REFUSED = "Throttles";

  private static Resources resources = new Resources(null);

  @BeforeAll
  static void transform() throws IOException {
    resources = Template.standard();
  }

  @Test
  void anExecutionThatDidNotEndByItselfIsTold() {
    assertThat(metrics("ExecutionsAlarm"))
        .containsExactly("ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted");
    assertThat(expression("ExecutionsAlarm"))
        .isEqualTo("FILL(failed, 0) + FILL(late, 0) + FILL(aborted, 0)");
  }

  @Test
  void whatAFunctionFailsToTellIsNoTrouble() {
    for (String function : new String[] {"Coordinator", "Worker", "LargeWorker"}) {
      String alarm = function + "ErrorsAlarm";
      assertThat(metrics(alarm)).containsExactly("Errors", "ErrorsTold");
      assertThat(expression(alarm)).isEqualTo("FILL(errors, 0) - FILL(told, 0)");
      JsonNode told = resources.properties(alarm).at("/Metrics/2/MetricStat/Metric/Dimensions/0");
      assertThat(told.at("/Value/Ref").asText()).isEqualTo(function + "Function");
    }
  }

  /// An alarm takes one count from the other, period by period: both are to be of the same one.
  @Test
  void whatAFunctionFailsToTellIsCountedWhenLambdaCountsIt() {
    var lines = new ArrayList<String>();
    var log =
        new QueryLog(FunctionLog.of(Map.of("AWS_LAMBDA_FUNCTION_NAME", "worker"), lines::add));
    Instant invoked = log.now().minusSeconds(870);
    log.toldAsError("q", "TransientFailure", invoked);
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst())
        .contains("\"ErrorsTold\":1", "\"Timestamp\":" + invoked.toEpochMilli());
  }

  /// Lambda counts an invocation when it began, and tells so when it is over.
  @Test
  void alarmsLookBackAsFarAsFunctionsRun() {
    var looking = new ArrayList<String>();
    for (Map.Entry<String, JsonNode> resource :
        resources.template().required("Resources").properties()) {
      if (resource.getValue().required("Type").asText().equals("AWS::CloudWatch::Alarm")) {
        JsonNode alarm = resource.getValue().required("Properties");
        lambdaMetrics(alarm)
            .forEach(metric -> {
              looking.add(resource.getKey());
              int periods = alarm.required("EvaluationPeriods").asInt();
              assertThat(periods * alarm.findValue("Period").asInt())
                  .as(resource.getKey())
                  .isGreaterThanOrEqualTo(longestSeconds(metric) + TOLD_SECONDS);
              assertThat(alarm.path("DatapointsToAlarm").asInt(periods))
                  .as(resource.getKey())
                  .isEqualTo(1);
            });
      }
    }
    assertThat(looking)
        .containsExactlyInAnyOrder(
            "HttpErrorsAlarm",
            "CoordinatorErrorsAlarm",
            "WorkerErrorsAlarm",
            "LargeWorkerErrorsAlarm",
            "DurationAlarm");
  }

  /// Those of an alarm that Lambda counts once an invocation is over.
  private static Stream<JsonNode> lambdaMetrics(JsonNode alarm) {
    return Stream.concat(Stream.of(alarm), alarm.findValues("Metric").stream())
        .filter(metric -> metric.path("Namespace").asText().equals("AWS/Lambda"))
        .filter(metric -> !metric.required("MetricName").asText().equals(REFUSED));
  }

  private static int longestSeconds(JsonNode metric) {
    JsonNode timeout =
        resources.properties(metric.at("/Dimensions/0/Value/Ref").asText()).required("Timeout");
    if (timeout.isInt()) {
      return timeout.asInt();
    }
    JsonNode values =
        resources
            .template()
            .required("Parameters")
            .required(timeout.required("Ref").asText())
            .required("AllowedValues");
    return StreamSupport.stream(values.spliterator(), false)
        .mapToInt(JsonNode::asInt)
        .max()
        .orElseThrow();
  }

  @Test
  void aHandOverIsNoTrouble() {
    assertThat(resources.properties("DurationAlarm").required("Threshold").asInt())
        .isBetween(HANDED_OVER_MILLIS + 30_000, 900_000);
  }

  private static String expression(String alarm) {
    return resources.properties(alarm).at("/Metrics/0/Expression").asText();
  }

  private static Stream<String> metrics(String alarm) {
    return StreamSupport.stream(
            resources.properties(alarm).required("Metrics").spliterator(), false)
        .filter(metric -> metric.has("MetricStat"))
        .map(metric -> metric.at("/MetricStat/Metric/MetricName").asText());
  }
}
