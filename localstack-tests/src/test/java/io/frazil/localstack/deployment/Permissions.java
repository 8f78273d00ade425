package io.frazil.localstack.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Who may do what to what, as a transformed template says: one line for each action on each
/// resource, in order.
///
/// `WorkerRole: allow s3:GetObject on ${Results.Arn}/queries/*`, followed by `if` and the name of a
/// condition where it depends on one.
final class Permissions {
  private Permissions() {}

  static List<String> of(Resources resources) {
    var lines = new ArrayList<String>();
    for (Map.Entry<String, JsonNode> resource :
        resources.template().required("Resources").properties()) {
      String holder = resource.getKey();
      JsonNode properties = resource.getValue().path("Properties");
      String condition = when(resource.getValue().path("Condition").asText());
      switch (resource.getValue().required("Type").asText()) {
        case "AWS::IAM::ManagedPolicy" ->
            addStatements(holder, condition, properties.required("PolicyDocument"), lines);
        case "AWS::IAM::Role" -> {
          properties
              .path("Policies")
              .forEach(policy ->
                  addStatements(holder, condition, policy.required("PolicyDocument"), lines));
          each(properties.path("ManagedPolicyArns"))
              .forEach(policy -> lines.add(holder + ": as " + text(policy)));
        }
        default -> {
          // No other resource gives permissions to a function.
        }
      }
    }
    return lines.stream().sorted().toList();
  }

  private static void addStatements(
      String holder, String condition, JsonNode document, List<String> lines) {
    for (JsonNode statement : document.required("Statement")) {
      if (statement.has("Fn::If")) {
        add(holder, when(statement.at("/Fn::If/0").asText()), statement.at("/Fn::If/1"), lines);
      } else {
        add(holder, condition, statement, lines);
      }
    }
  }

  private static void add(String holder, String condition, JsonNode statement, List<String> lines) {
    String effect = text(statement.required("Effect"));
    each(statement.required("Action"))
        .forEach(action ->
            each(statement.required("Resource"))
                .forEach(resource ->
                    lines.add(
                        "%s: %s %s on %s%s"
                            .formatted(
                                holder,
                                effect.equals("Allow") ? "allow" : effect,
                                action.asText(),
                                text(resource),
                                condition))));
  }

  private static Stream<JsonNode> each(JsonNode value) {
    if (value.isMissingNode()) {
      return Stream.empty();
    }
    return value.isArray() ? StreamSupport.stream(value.spliterator(), false) : Stream.of(value);
  }

  /// A value as one line: `${Name.Attribute}` for what another resource has.
  static String text(JsonNode value) {
    if (value.isTextual()) {
      return value.asText();
    }
    if (value.has("Ref")) {
      return "${" + value.get("Ref").asText() + "}";
    }
    if (value.has("Fn::Sub")) {
      JsonNode substituted = value.get("Fn::Sub");
      return text(substituted.isArray() ? substituted.get(0) : substituted);
    }
    if (value.has("Fn::Split")) {
      return "each of " + text(value.at("/Fn::Split/1"));
    }
    if (value.has("Fn::GetAtt")) {
      return "${%s.%s}"
          .formatted(value.at("/Fn::GetAtt/0").asText(), value.at("/Fn::GetAtt/1").asText());
    }
    if (value.has("Fn::If")) {
      JsonNode branches = value.get("Fn::If");
      String otherwise = text(branches.get(2));
      return text(branches.get(1))
          + when(branches.get(0).asText())
          + (otherwise.equals("${AWS::NoValue}") ? "" : " else " + otherwise);
    }
    return value.toString();
  }

  private static String when(String condition) {
    return condition.isEmpty() ? "" : " if " + condition;
  }
}
