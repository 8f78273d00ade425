package io.frazil.localstack.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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

  private static Resources resources = new Resources(null);

  @BeforeAll
  static void transform() throws IOException {
    resources =
        new Resources(
            Template.at("s3://code/worker", "s3://code/coordinator", "s3://code/asl")
                .transformed(Map.of()));
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
