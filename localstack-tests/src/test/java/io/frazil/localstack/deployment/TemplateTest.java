package io.frazil.localstack.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.frazil.coordinator.http.Route;
import io.frazil.events.log.Metric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The template after AWS's own transform: what LocalStack does not make is looked at here.
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
final class TemplateTest {
  /// How long an express execution may take.
  private static final int EXPRESS_SECONDS = 300;

  private static final List<String> FUNCTIONS =
      List.of("WorkerFunction", "LargeWorkerFunction", "CoordinatorFunction", "HttpFunction");

  private static Resources resources = new Resources(null);

  @BeforeAll
  static void transform() throws IOException {
    resources = Template.standard();
  }

  @Test
  void itIsWithoutFindings() throws IOException {
    assertThat(Template.findings()).isEmpty();
  }

  /// CloudFormation takes no longer one with a request; SAM's uploads are not for everybody.
  @Test
  void itFitsIntoARequest() {
    assertThat(resources.template().toString().getBytes(StandardCharsets.UTF_8).length)
        .isBetween(20_000, 51_200);
  }

  @Test
  void eachParameterHasADefaultAndADescription() {
    resources
        .template()
        .required("Parameters")
        .properties()
        .forEach(parameter -> {
          assertThat(parameter.getValue().has("Default")).as(parameter.getKey()).isTrue();
          assertThat(parameter.getValue().path("Description").asText())
              .as(parameter.getKey())
              .isNotEmpty();
        });
  }

  @Test
  void theApiHasTheDoorsRoutesAndEachAsksWhoCalls() {
    assertThat(routes().map(route -> route.required("RouteKey").asText()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Route.values()).map(r -> r.method() + " " + r.path()).toList());
    assertThat(routes())
        .allSatisfy(route -> {
          assertThat(route.required("AuthorizationType").toString())
              .isEqualTo("{\"Fn::If\":[\"UsesJwt\",\"JWT\",\"AWS_IAM\"]}");
          assertThat(route.at("/AuthorizerId/Fn::If").toString())
              .isEqualTo("[\"UsesJwt\",{\"Ref\":\"JwtAuthorizer\"},{\"Ref\":\"AWS::NoValue\"}]");
        });
  }

  @Test
  void theApiIsThrottledAndLogged() {
    JsonNode stage = resources.properties("ApiStage");
    assertThat(stage.at("/DefaultRouteSettings/ThrottlingRateLimit/Ref").asText())
        .isEqualTo("RequestsPerSecond");
    assertThat(stage.at("/DefaultRouteSettings/ThrottlingBurstLimit/Ref").asText())
        .isEqualTo("RequestBurst");
    assertThat(stage.at("/AccessLogSettings/DestinationArn").toString()).contains("ApiLog");
  }

  @Test
  void nobodyButTheApiMayInvokeTheHttpFunction() {
    List<JsonNode> permissions = resources.of("AWS::Lambda::Permission").toList();
    assertThat(permissions).hasSize(1);
    JsonNode permission = permissions.getFirst();
    assertThat(permission.required("Principal").asText()).isEqualTo("apigateway.amazonaws.com");
    assertThat(permission.required("FunctionName").toString())
        .isEqualTo("{\"Ref\":\"HttpFunctionAliaslive\"}");
    assertThat(permission.required("SourceArn").toString()).contains("${Api}/$default/*");
  }

  @Test
  void functionsStartFromSnapshotsButTheLargeWorker() {
    for (String name : List.of("WorkerFunction", "CoordinatorFunction", "HttpFunction")) {
      JsonNode function = resources.properties(name);
      assertThat(function.at("/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions");
      assertThat(function.has("EphemeralStorage")).as(name).isFalse();
    }
    JsonNode large = resources.properties("LargeWorkerFunction");
    assertThat(large.has("SnapStart")).isFalse();
    assertThat(large.at("/EphemeralStorage/Size").asInt()).isEqualTo(10_240);
    assertThat(large.at("/Environment/Variables/JAVA_TOOL_OPTIONS").asText())
        .contains("-XX:TieredStopAtLevel=4", "-Djdk.reflect.useNativeAccessorOnly=true");
  }

  @Test
  void callersKnowHowLargeTheirWorkersAre() {
    Map<String, String> workers =
        Map.of(
            "FRAZIL_WORKER_MEMORY", "WorkerFunction",
            "FRAZIL_LARGE_WORKER_MEMORY", "LargeWorkerFunction");
    for (String caller : List.of("CoordinatorFunction", "HttpFunction")) {
      JsonNode variables = resources.properties(caller).at("/Environment/Variables");
      workers.forEach((variable, worker) ->
          assertThat(variables.required(variable))
              .isEqualTo(resources.properties(worker).required("MemorySize")));
    }
  }

  /// What long queries are predicted to cost is what their tasks run as.
  @Test
  void callersKnowWhatTheStateMachineRunsTasksAs() {
    JsonNode children =
        resources.properties("Queries").at("/DefinitionSubstitutions").required("Children");
    for (String caller : List.of("CoordinatorFunction", "HttpFunction")) {
      assertThat(
              resources
                  .properties(caller)
                  .at("/Environment/Variables")
                  .required("FRAZIL_LONG_QUERY_CHILDREN"))
          .isEqualTo(children);
    }
  }

  /// A new account's functions have no more than 3,008 MB.
  @Test
  void eachFunctionThatANewAccountHasNoRoomForCanBeMadeSmallerAsIsSaid() throws IOException {
    JsonNode parameters = resources.template().required("Parameters");
    var named = new ArrayList<String>();
    for (String function : FUNCTIONS) {
      String name = resources.properties(function).at("/MemorySize/Ref").asText();
      JsonNode memory = parameters.required(name);
      assertThat(memory.required("MinValue").asInt()).isLessThanOrEqualTo(1_769);
      if (memory.required("Default").asInt() > 3_008) {
        named.add(name + "=3008");
      }
    }
    assertThat(named).containsExactlyInAnyOrder("LargeWorkerMemory=3008", "CoordinatorMemory=3008");
    assertThat(Files.readString(Template.ROOT.resolve("docs/deploy.md"))).contains(named);
  }

  @Test
  void functionsLogInJsonWithTheLinesThatSayWhatIsBilled() {
    assertThat(resources.of("AWS::Lambda::Function"))
        .hasSize(4)
        .allSatisfy(function -> {
          assertThat(function.at("/LoggingConfig/LogFormat").asText()).isEqualTo("JSON");
          assertThat(function.at("/LoggingConfig/SystemLogLevel").asText()).isEqualTo("INFO");
          // Lambda would drop lines that count something: the functions judge levels themselves.
          assertThat(function.at("/LoggingConfig/ApplicationLogLevel").asText()).isEqualTo("TRACE");
          assertThat(function.at("/Environment/Variables/FRAZIL_LOG_LEVEL/Ref").asText())
              .isEqualTo("LogLevel");
          assertThat(function.at("/TracingConfig/Mode/Ref").asText()).isEqualTo("Tracing");
        });
  }

  @Test
  void callersNameVersionsAndNotAliases() {
    for (String caller : List.of("CoordinatorFunction", "HttpFunction")) {
      JsonNode variables = resources.properties(caller).at("/Environment/Variables");
      assertThat(variables.at("/FRAZIL_WORKER/Ref").asText()).startsWith("WorkerFunctionVersion");
      assertThat(variables.at("/FRAZIL_LARGE_WORKER/Ref").asText())
          .startsWith("LargeWorkerFunctionVersion");
    }
    assertThat(
            resources
                .properties("HttpFunction")
                .at("/Environment/Variables/FRAZIL_COORDINATOR/Ref")
                .asText())
        .startsWith("CoordinatorFunctionVersion");
  }

  @Test
  void aChangedParameterPublishesAVersionOfEachFunctionThatItReaches() {
    for (String function : FUNCTIONS) {
      assertThat(resources.publishing(function))
          .as(function)
          .isNotEmpty()
          .containsAll(resources.parametersOf(function));
    }
    assertThat(resources.parametersOf("HttpFunction"))
        .contains("HttpMemory", "Locations", "CatalogUri", "BudgetDollars", "Architecture");
    assertThat(resources.publishing("HttpFunction"))
        .contains("WorkerMemory", "LargeWorkerMemory", "CoordinatorMemory");
  }

  /// They are the API's, the alarms' and the bucket's, or of roles and concurrency, which versions
  /// share.
  @Test
  void parametersThatPublishNothingAreThoseThatNoVersionHas() {
    var others = new TreeSet<>(resources.parameters());
    FUNCTIONS.forEach(function -> others.removeAll(resources.publishing(function)));
    assertThat(others)
        .containsExactly(
            "AlarmDollarsPerHour",
            "AlarmTopic",
            "Alarms",
            "CatalogSecretKey",
            "CoordinatorConcurrency",
            "JwtAudience",
            "JwtIssuer",
            "LogDays",
            "PermissionsBoundary",
            "RequestBurst",
            "RequestsPerSecond",
            "ResultDays",
            "WarehouseKeys",
            "WorkerConcurrency");
  }

  @Test
  void aChangedWordOfTheTemplatePublishesAVersion(@TempDir Path folder) throws IOException {
    String text = Files.readString(Template.FILE);
    Map<String, String> changes =
        Map.of(
            "-XX:TieredStopAtLevel=4", "LargeWorkerFunction",
            "      Timeout: 29\n", "HttpFunction",
            "Plans a query, has workers", "CoordinatorFunction");
    for (Map.Entry<String, String> change : changes.entrySet()) {
      assertThat(text).containsOnlyOnce(change.getKey());
      String changed = change.getKey().replace("4", "3").replace("29", "28").replace("Pl", "pl");
      Path file = Files.writeString(folder.resolve("t"), text.replace(change.getKey(), changed));
      var other = new Resources(Template.STANDARD.transformed(file, Map.of()));
      for (String function : FUNCTIONS) {
        assertThat(other.version(function).equals(resources.version(function)))
            .as(function + " after " + changed)
            .isNotEqualTo(function.equals(change.getValue()));
      }
    }
  }

  /// SAM's upload is named after the code's sum, so other code is at another place.
  @Test
  void changedCodePublishesAVersionOfTheFunctionsThatRunIt() throws IOException {
    assertChanged(
        Template.at("s3://code/worker-2", "s3://code/coordinator", "s3://code/asl"),
        "WorkerFunction",
        "LargeWorkerFunction");
    assertChanged(
        Template.at("s3://code/worker", "s3://code/coordinator-2", "s3://code/asl"),
        "CoordinatorFunction",
        "HttpFunction");
  }

  private static void assertChanged(Template template, String... changed) throws IOException {
    var other = new Resources(template.transformed(Map.of()));
    assertThat(
            FUNCTIONS.stream()
                .filter(function -> !other.version(function).equals(resources.version(function))))
        .containsExactly(changed);
    // By these the versions of callers are others too, once CloudFormation knows the numbers.
    assertThat(other.description("CoordinatorFunction"))
        .contains(other.version("WorkerFunction"), other.version("LargeWorkerFunction"));
    assertThat(other.description("HttpFunction")).contains(other.version("CoordinatorFunction"));
  }

  @Test
  void descriptionsFitWhateverTheParametersHold() {
    assertThat(resources.of("AWS::Lambda::Version"))
        .hasSize(4)
        .allSatisfy(version ->
            assertThat(resources.longest(version.path("Description"))).isBetween(20, 256));
    assertThat(resources.longest(resources.properties("UseCatalog").path("Description")))
        .isBetween(500, 1_000);
    assertThat(resources.longest(resources.properties("ReadTables").path("Description")))
        .isBetween(900, 1_000);
  }

  @Test
  void aBudgetIsAboveNothingOrNone() {
    for (String name : List.of("BudgetDollars", "BudgetDollarsMax")) {
      JsonNode parameter = resources.template().required("Parameters").required(name);
      String pattern = parameter.required("AllowedPattern").asText();
      assertThat(List.of("", "1", "0.5", "0.001", "100", parameter.required("Default").asText()))
          .allMatch(budget -> budget.matches(pattern));
      assertThat(List.of("0", "0.0", "00", "-1", ".5", "1e3", "1.", "x", "NaN"))
          .noneMatch(budget -> budget.matches(pattern));
    }
  }

  @Test
  void alarmsLookForWhatIsCounted() {
    List<String> ours = Arrays.stream(Metric.values()).map(Metric::title).toList();
    List<JsonNode> looked =
        resources.of("AWS::CloudWatch::Alarm").flatMap(TemplateTest::metrics).toList();
    assertThat(looked)
        .filteredOn(metric -> metric.required("Namespace").asText().equals("Frazil"))
        .hasSize(7)
        .allSatisfy(metric -> {
          assertThat(ours).contains(metric.required("MetricName").asText());
          assertThat(metric.at("/Dimensions/0/Name").asText()).isEqualTo("Function");
        });
    assertThat(looked)
        .extracting(metric -> metric.required("Namespace").asText())
        .contains("AWS/Lambda", "AWS/States", "AWS/ApiGateway", "AWS/SQS");
  }

  /// CloudWatch takes $0.10 a month for each metric that an alarm looks at.
  @Test
  void whatAlarmsCostIsWhatIsSaid() throws IOException {
    List<JsonNode> alarms = resources.of("AWS::CloudWatch::Alarm").toList();
    String cost =
        "$%.2f a month".formatted(alarms.stream().flatMap(TemplateTest::metrics).count() * 0.10);
    assertThat(resources.template().at("/Parameters/Alarms/Description").asText()).contains(cost);
    assertThat(Files.readString(Template.ROOT.resolve("docs/deploy.md")))
        .contains("%s for the %d".formatted(cost, alarms.size()));
  }

  private static Stream<JsonNode> metrics(JsonNode alarm) {
    return alarm.has("MetricName")
        ? Stream.of(alarm)
        : StreamSupport.stream(alarm.required("Metrics").spliterator(), false)
            .filter(metric -> metric.has("MetricStat"))
            .map(metric -> metric.at("/MetricStat/Metric"));
  }

  @Test
  void expressChildrenAndAttemptsThatOutlastThemAreRefused() {
    JsonNode parameters = resources.template().required("Parameters");
    JsonNode rule = resources.template().at("/Rules/AttemptsFitExpressChildren");
    assertThat(rule.required("RuleCondition").toString())
        .isEqualTo("{\"Fn::Equals\":[{\"Ref\":\"LongQueryChildren\"},\"EXPRESS\"]}");
    JsonNode contains = rule.at("/Assertions/0/Assert/Fn::Contains");
    assertThat(contains.at("/1/Ref").asText()).isEqualTo("WorkerTimeout");
    assertThat(texts(contains.required(0)))
        .isEqualTo(
            texts(parameters.at("/WorkerTimeout/AllowedValues")).stream()
                .filter(seconds -> Integer.parseInt(seconds) < EXPRESS_SECONDS)
                .toList())
        .contains(parameters.at("/WorkerTimeout/Default").asText());
  }

  @Test
  void versionsOutliveTheirReplacement() {
    assertThat(resources.whole("AWS::Lambda::Version"))
        .hasSize(4)
        .allSatisfy(version -> {
          assertThat(version.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
          assertThat(version.path("DeletionPolicy").asText()).isEqualTo("Retain");
        });
  }

  @Test
  void anEventIsTriedOnceAndKeptWhereItFails() {
    JsonNode events = resources.properties("CoordinatorEvents");
    assertThat(events.required("MaximumRetryAttempts").asInt()).isZero();
    assertThat(events.at("/Qualifier/Fn::GetAtt/0").asText())
        .startsWith("CoordinatorFunctionVersion");
    assertThat(events.at("/DestinationConfig/OnFailure/Destination").toString())
        .contains("LostQueries");
  }

  @Test
  void resultsArePrivateEncryptedAndExpire() {
    JsonNode bucket = resources.properties("Results");
    assertThat(bucket.required("PublicAccessBlockConfiguration").properties())
        .hasSize(4)
        .allSatisfy(block -> assertThat(block.getValue().asBoolean()).isTrue());
    assertThat(bucket.at("/BucketEncryption").toString()).contains("AES256");
    List<String> expiring =
        StreamSupport.stream(bucket.at("/LifecycleConfiguration/Rules").spliterator(), false)
            .filter(rule -> rule.has("ExpirationInDays"))
            .map(rule -> rule.required("Prefix").asText())
            .toList();
    assertThat(expiring).containsExactly("queries/", "principals/");
    assertThat(resources.properties("ResultsPolicy").toString()).contains("aws:SecureTransport");
  }

  @Test
  void functionsMayDoWhatTheyAreMeantTo() throws IOException {
    List<String> meant = Files.readAllLines(Path.of("src/test/resources/permissions.txt"));
    assertThat(Permissions.of(resources)).isEqualTo(meant);
  }

  @Test
  void onlyTracingIsAllowedOnEverything() {
    assertThat(Permissions.of(resources))
        .filteredOn(line -> line.contains(": allow ") && line.endsWith(" on *"))
        .allMatch(line -> line.contains(" allow xray:"));
  }

  /// Without it whoever may invoke the function could say who he is.
  @Test
  void theHttpFunctionKnowsWhatApiGatewaySends() {
    JsonNode sent = resources.properties("ApiStage").at("/StageVariables/gatewayKey");
    assertThat(sent.isMissingNode()).isFalse();
    assertThat(resources.properties("HttpFunction").at("/Environment/Variables/FRAZIL_GATEWAY_KEY"))
        .isEqualTo(sent);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> routes() {
    return resources.of("AWS::ApiGatewayV2::Route");
  }
}
