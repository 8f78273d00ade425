package io.frazil.localstack.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.frazil.coordinator.http.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The template after AWS's own transform: what LocalStack does not make is looked at here.
@Execution(ExecutionMode.CONCURRENT)
final class TemplateTest {
  /// How long an express execution may take.
  private static final int EXPRESS_SECONDS = 300;

  private static Resources resources = new Resources(null);

  @BeforeAll
  static void transform() throws IOException {
    resources =
        new Resources(
            Template.at("s3://code/worker", "s3://code/coordinator", "s3://code/asl")
                .transformed(Map.of()));
  }

  @Test
  void itIsWithoutFindings() throws IOException {
    assertThat(Template.findings()).isEmpty();
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
        .contains("-XX:TieredStopAtLevel=4");
  }

  @Test
  void functionsLogInJsonWithTheLinesThatSayWhatIsBilled() {
    assertThat(resources.of("AWS::Lambda::Function"))
        .hasSize(4)
        .allSatisfy(function -> {
          assertThat(function.at("/LoggingConfig/LogFormat").asText()).isEqualTo("JSON");
          assertThat(function.at("/LoggingConfig/SystemLogLevel").asText()).isEqualTo("INFO");
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
    for (String function :
        List.of("WorkerFunction", "LargeWorkerFunction", "CoordinatorFunction", "HttpFunction")) {
      assertThat(resources.publishing(function))
          .as(function)
          .isNotEmpty()
          .containsAll(resources.parametersOf(function));
    }
    assertThat(resources.parametersOf("HttpFunction"))
        .contains("HttpMemory", "Locations", "CatalogUri", "BudgetDollars", "Architecture");
    assertThat(resources.publishing("HttpFunction")).contains("WorkerMemory", "CoordinatorMemory");
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

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> routes() {
    return resources.of("AWS::ApiGatewayV2::Route");
  }
}
