package io.frazil.localstack.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The policies that `docs/deploy.md` has: an operator's, and two for a deployer who is no
/// administrator, the boundary of the roles that he makes and his own.
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
final class DeployersPolicyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ALLOWED =
      Pattern.compile("allow (\\S+) on ", Pattern.CASE_INSENSITIVE);
  private static final String BOUNDARY = "arn:aws:iam::ACCOUNT:policy/boundary-of-frazil";

  private static Resources resources = new Resources(null);
  private static JsonNode operators = MissingNode.getInstance();
  private static List<JsonNode> policies = List.of();

  @BeforeAll
  static void read() throws IOException {
    resources = Template.standard();
    var blocks = new ArrayList<JsonNode>();
    Matcher block = BLOCK.matcher(Files.readString(Template.ROOT.resolve("docs/deploy.md")));
    while (block.find()) {
      JsonNode json = JSON.readTree(block.group(1));
      // The other one is a bucket's lifecycle.
      if (json.has("Statement")) {
        blocks.add(json);
      }
    }
    assertThat(blocks).hasSize(3);
    operators = blocks.getFirst();
    policies = List.copyOf(blocks.subList(1, 3));
  }

  /// The command line names the alias, and reads results by the rights of who runs it.
  @Test
  void operatorsMayInvokeWhatIsLiveAndReadItsResults() {
    String alias = resources.properties("CoordinatorFunctionAliaslive").required("Name").asText();
    String queries =
        resources.properties("Results").at("/LifecycleConfiguration/Rules/0/Prefix").asText();
    assertThat(
            statements(operators)
                .map(s -> s.required("Action").asText() + " on " + s.required("Resource").asText()))
        .containsExactly(
            "lambda:InvokeFunction on arn:aws:lambda:REGION:ACCOUNT:function:frazil-coordinator:"
                + alias,
            "s3:GetObject on arn:aws:s3:::RESULTS-BUCKET/" + queries + "*");
  }

  @Test
  void theBoundaryAllowsTheActionsThatFunctionsMayTakeAndNoOthers() {
    var given = new TreeSet<String>();
    for (String line : Permissions.of(resources)) {
      Matcher allowed = ALLOWED.matcher(line.replace("Allow if UsesSecret else Deny", "allow"));
      if (allowed.find()) {
        given.add(allowed.group(1));
      }
    }
    assertThat(statements(policies.getFirst()).flatMap(s -> texts(s.required("Action"))))
        .containsExactlyInAnyOrderElementsOf(given);
  }

  @Test
  void everyRoleHasTheBoundaryThatIsNamed() {
    assertThat(resources.of("AWS::IAM::Role"))
        .hasSize(5)
        .allSatisfy(role ->
            assertThat(role.path("PermissionsBoundary").toString())
                .isEqualTo(
                    "{\"Fn::If\":[\"HasBoundary\",{\"Ref\":\"PermissionsBoundary\"},"
                        + "{\"Ref\":\"AWS::NoValue\"}]}"));
  }

  @Test
  void rolesAreFilledWithinTheBoundaryAlone() {
    List<String> filling =
        List.of(
            "iam:CreateRole",
            "iam:PutRolePermissionsBoundary",
            "iam:PutRolePolicy",
            "iam:AttachRolePolicy",
            "iam:DetachRolePolicy");
    for (String action : filling) {
      assertThat(statements(policies.getLast()).filter(s -> allows(s, action)))
          .as(action)
          .hasSize(1)
          .allSatisfy(statement ->
              assertThat(statement.at("/Condition/StringEquals").path("iam:PermissionsBoundary"))
                  .isEqualTo(JSON.valueToTree(BOUNDARY)));
    }
  }

  @Test
  void theBoundaryIsNotTheDeployersToChangeOrTakeAway() {
    assertThat(statements(policies.getLast()))
        .allSatisfy(statement -> {
          assertThat(allows(statement, "iam:DeleteRolePermissionsBoundary")).isFalse();
          if (texts(statement.required("Action")).anyMatch(action -> action.startsWith("iam:"))) {
            assertThat(texts(statement.required("Resource")))
                .noneMatch(name -> BOUNDARY.matches(name.replace("*", ".*")));
          }
        });
  }

  /// API Gateway makes its own role with an account's first API, by the rights of who makes that.
  @Test
  void theOnlyServiceRoleThatIsMadeIsApiGateways() {
    assertThat(statements(policies.getLast()).filter(s -> allows(s, "iam:CreateServiceLinkedRole")))
        .singleElement()
        .satisfies(statement ->
            assertThat(statement.at("/Condition/StringEquals").path("iam:AWSServiceName").asText())
                .isEqualTo("ops.apigateway.amazonaws.com"));
  }

  private static boolean allows(JsonNode statement, String action) {
    return texts(statement.required("Action"))
        .anyMatch(pattern -> action.matches(pattern.replace("*", ".*")));
  }

  private static Stream<JsonNode> statements(JsonNode policy) {
    return StreamSupport.stream(policy.required("Statement").spliterator(), false);
  }

  private static Stream<String> texts(JsonNode oneOrMany) {
    return oneOrMany.isArray()
        ? StreamSupport.stream(oneOrMany.spliterator(), false).map(JsonNode::asText)
        : Stream.of(oneOrMany.asText());
  }
}
