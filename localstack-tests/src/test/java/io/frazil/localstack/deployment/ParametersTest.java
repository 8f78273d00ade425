package io.frazil.localstack.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What is deployed where nothing is said, and what a parameter turns on.
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
final class ParametersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> TABLES =
      Map.of(
          "WarehouseBuckets", "arn:aws:s3:::lake,arn:aws:s3:::files",
          "WarehouseKeys", "arn:aws:kms:eu-central-1:111122223333:key/1",
          "CatalogWarehouse", "s3://lake/tables");

  private static final Map<String, String> TABLE_BUCKET =
      Map.of(
          "Catalog", "s3tables",
          "CatalogWarehouse", "lake",
          "WarehouseKeys", "arn:aws:kms:eu-central-1:111122223333:key/1");

  /// Actions that change nothing, whatever they are allowed on.
  private static final Pattern READING =
      Pattern.compile("(s3|s3tables|glue|secretsmanager):(Get|List)\\w+|kms:Decrypt");

  /// What the template makes itself, by attribute or by name.
  private static final Pattern ITS_OWN =
      Pattern.compile(
          "\\$\\{(Results|LostQueries|\\w+Log|\\w+Function)[.]Arn}.*"
              + "|arn:\\$\\{AWS::Partition}:(states|lambda):.*:\\$\\{AWS::StackName}-.*");

  private static Resources resources = new Resources(null);

  @BeforeAll
  static void transform() throws IOException {
    resources = Template.standard();
  }

  @Test
  void defaultsAreThoseThatAreSaid() {
    assertThat(resources.of("AWS::Lambda::Function"))
        .hasSize(4)
        .allSatisfy(function -> {
          assertThat(function.required("Runtime").asText()).isEqualTo("java25");
          assertThat(function.required("Architectures").toString())
              .isEqualTo("[{\"Ref\":\"Architecture\"}]");
          assertThat(function.required("TracingConfig").toString())
              .isEqualTo("{\"Mode\":{\"Ref\":\"Tracing\"}}");
        });
    assertThat(standard("Architecture")).isEqualTo("arm64");
    assertThat(standard("Tracing")).isEqualTo("Active");
    assertThat(resources.properties("Queries").required("TracingConfiguration").toString())
        .isEqualTo("{\"Enabled\":{\"Fn::If\":[\"IsTraced\",true,false]}}");
    assertOnlyWith("IsTraced", Map.of(), Map.of("Tracing", "PassThrough"));
  }

  @Test
  void tokensAreTakenFromTheIssuerThatIsNamedAndOtherwiseNone() throws IOException {
    assertThat(standard("JwtIssuer")).isEmpty();
    assertOnlyWith("UsesJwt", Map.of("JwtIssuer", "https://issuer.example"), Map.of());
    JsonNode authorizer = resources.template().at("/Resources/JwtAuthorizer");
    assertThat(authorizer.required("Type").asText()).isEqualTo("AWS::ApiGatewayV2::Authorizer");
    assertThat(authorizer.required("Condition").asText()).isEqualTo("UsesJwt");
    assertThat(authorizer.required("Properties"))
        .isEqualTo(
            JSON.readTree(
                """
                {
                  "ApiId": {"Ref": "Api"},
                  "AuthorizerType": "JWT",
                  "Name": "jwt",
                  "IdentitySource": ["$request.header.Authorization"],
                  "JwtConfiguration": {
                    "Issuer": {"Ref": "JwtIssuer"},
                    "Audience": {"Ref": "JwtAudience"}
                  }
                }
                """));
    assertThat(standard("JwtAudience")).isEqualTo("frazil");
    assertThat(resources.of("AWS::ApiGatewayV2::Authorizer")).hasSize(1);
  }

  @Test
  void alarmsAreThereWhereTheyAreWantedAndTellTheTopic() {
    assertThat(standard("Alarms")).isEqualTo("false");
    assertOnlyWith("HasAlarms", Map.of("Alarms", "true"), Map.of());
    assertThat(standard("AlarmTopic")).isEmpty();
    assertOnlyWith(
        "HasAlarmTopic", Map.of("AlarmTopic", "arn:aws:sns:us-east-1:111122223333:t"), Map.of());
    assertThat(resources.whole("AWS::CloudWatch::Alarm"))
        .hasSize(12)
        .allSatisfy(alarm -> {
          assertThat(alarm.path("Condition").asText()).isEqualTo("HasAlarms");
          JsonNode properties = alarm.required("Properties");
          assertThat(properties.path("ActionsEnabled").asBoolean(true)).isTrue();
          assertThat(properties.path("AlarmActions").toString())
              .isEqualTo(
                  "[{\"Fn::If\":[\"HasAlarmTopic\",{\"Ref\":\"AlarmTopic\"},"
                      + "{\"Ref\":\"AWS::NoValue\"}]}]");
        });
  }

  @Test
  void withoutWritesNothingIsWrittenButTheStacksOwn() {
    assertThat(standard("Writes")).isEqualTo("false");
    for (Map<String, String> parameters : List.of(Map.<String, String>of(), TABLES, TABLE_BUCKET)) {
      assertThat(changing(parameters)).as("with " + parameters).isEmpty();
      assertThat(changing(with(parameters, "false"))).as("with " + parameters).isEmpty();
    }
    for (String function : List.of("CoordinatorFunction", "HttpFunction")) {
      assertThat(resources.properties(function).at("/Environment/Variables/FRAZIL_WRITES"))
          .as(function)
          .hasToString("{\"Ref\":\"Writes\"}");
    }
  }

  @Test
  void withWritesTablesAreWrittenWhereTheyAre() {
    assertThat(changing(with(Map.of(), "true")))
        .containsExactly(
            "glue:CreateDatabase",
            "glue:CreateTable",
            "glue:DeleteDatabase",
            "glue:DeleteTable",
            "glue:UpdateTable");
    assertThat(changing(with(TABLES, "true")))
        .containsExactly(
            "glue:CreateDatabase",
            "glue:CreateTable",
            "glue:DeleteDatabase",
            "glue:DeleteTable",
            "glue:UpdateTable",
            "kms:GenerateDataKey",
            "s3:AbortMultipartUpload",
            "s3:DeleteObject",
            "s3:PutObject");
    assertThat(changing(with(TABLE_BUCKET, "true")))
        .containsExactly(
            "kms:GenerateDataKey",
            "s3tables:CreateNamespace",
            "s3tables:CreateTable",
            "s3tables:DeleteNamespace",
            "s3tables:DeleteTable",
            "s3tables:PutTableData",
            "s3tables:UpdateTableMetadataLocation");
  }

  private static Map<String, String> with(Map<String, String> parameters, String writes) {
    var all = new HashMap<>(parameters);
    all.put("Writes", writes);
    return Map.copyOf(all);
  }

  /// The actions that are allowed on what is not the stack's own and may change it.
  private static TreeSet<String> changing(Map<String, String> parameters) {
    var conditions = new Conditions(resources.template(), parameters);
    var actions = new TreeSet<String>();
    Grant.of(resources.template()).stream()
        .filter(grant -> grant.isGiven(conditions))
        .filter(grant -> !READING.matcher(grant.action()).matches())
        .filter(grant -> !ITS_OWN.matcher(grant.resource()).matches())
        // X-Ray knows no resources.
        .filter(grant -> !grant.action().startsWith("xray:"))
        .forEach(grant -> actions.add(grant.action()));
    return actions;
  }

  /// That a condition holds with some parameters and not with others.
  private static void assertOnlyWith(
      String condition, Map<String, String> with, Map<String, String> without) {
    assertThat(new Conditions(resources.template(), with).holds(condition)).as(condition).isTrue();
    assertThat(new Conditions(resources.template(), without).holds(condition))
        .as(condition)
        .isFalse();
  }

  private static String standard(String parameter) {
    return resources
        .template()
        .required("Parameters")
        .required(parameter)
        .required("Default")
        .asText();
  }
}
