package io.frazil.localstack.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// One action that a statement of the template allows on one resource, in some configurations.
///
/// @param statement its name
/// @param resource as the template writes it: `${Results.Arn}/queries/*`
/// @param when the conditions on which it depends, and whether each is to hold
public record Grant(String statement, String action, String resource, Map<String, Boolean> when) {
  public Grant {
    when = Map.copyOf(when);
  }

  /// Each of what a transformed template allows in any configuration.
  static List<Grant> of(JsonNode template) {
    var grants = new ArrayList<Grant>();
    for (JsonNode resource : template.required("Resources")) {
      String condition = resource.path("Condition").asText();
      Map<String, Boolean> when = condition.isEmpty() ? Map.of() : Map.of(condition, true);
      JsonNode properties = resource.path("Properties");
      switch (resource.required("Type").asText()) {
        case "AWS::IAM::ManagedPolicy" -> add(properties, when, grants);
        case "AWS::IAM::Role" ->
            properties.path("Policies").forEach(policy -> add(policy, when, grants));
        default -> {
          // No other resource gives permissions to a function.
        }
      }
    }
    return List.copyOf(grants);
  }

  boolean isGiven(Conditions conditions) {
    return when.entrySet().stream()
        .allMatch(condition -> conditions.holds(condition.getKey()) == condition.getValue());
  }

  @Override
  public String toString() {
    return "%s: %s on %s".formatted(statement, action, resource);
  }

  private static void add(JsonNode policy, Map<String, Boolean> when, List<Grant> grants) {
    choices(policy.at("/PolicyDocument/Statement"), when)
        .flatMap(statement ->
            choices(statement.value().required("Effect"), statement.when())
                .filter(effect -> effect.value().asText().equals("Allow"))
                .flatMap(effect -> grants(statement.value(), effect.when())))
        .forEach(grants::add);
  }

  private static Stream<Grant> grants(JsonNode statement, Map<String, Boolean> when) {
    String name = statement.required("Sid").asText();
    return choices(statement.required("Action"), when)
        .flatMap(action ->
            choices(statement.required("Resource"), action.when())
                .map(resource ->
                    new Grant(
                        name,
                        action.value().asText(),
                        Permissions.text(resource.value()),
                        resource.when())));
  }

  private record Choice(JsonNode value, Map<String, Boolean> when) {}

  /// What a value may be, or each of several: without conditions that contradict each other.
  private static Stream<Choice> choices(JsonNode value, Map<String, Boolean> when) {
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false).flatMap(each -> choices(each, when));
    }
    JsonNode branches = value.path("Fn::If");
    if (branches.isMissingNode()) {
      boolean isNothing = value.path("Ref").asText().equals("AWS::NoValue");
      return isNothing ? Stream.of() : Stream.of(new Choice(value, when));
    }
    return Stream.of(true, false)
        .filter(holds -> when.getOrDefault(branches.get(0).asText(), holds).equals(holds))
        .flatMap(holds -> {
          var more = new HashMap<>(when);
          more.put(branches.get(0).asText(), holds);
          return choices(branches.get(holds ? 1 : 2), Map.copyOf(more));
        });
  }
}
