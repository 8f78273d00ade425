package io.frazil.localstack.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Which of a template's conditions hold, with given values of its parameters.
final class Conditions {
  private final JsonNode template;
  private final Map<String, String> parameters;

  /// @param parameters those that have another value than their default
  Conditions(JsonNode template, Map<String, String> parameters) {
    this.template = template;
    this.parameters = Map.copyOf(parameters);
  }

  boolean holds(String name) {
    return isTrue(template.required("Conditions").required(name));
  }

  /// @throws IllegalArgumentException for what no condition of ours is made of
  private boolean isTrue(JsonNode condition) {
    Map.Entry<String, JsonNode> function = condition.properties().iterator().next();
    JsonNode of = function.getValue();
    return switch (function.getKey()) {
      case "Condition" -> holds(of.asText());
      case "Fn::Not" -> !isTrue(of.get(0));
      case "Fn::And" -> each(of).allMatch(this::isTrue);
      case "Fn::Or" -> each(of).anyMatch(this::isTrue);
      case "Fn::Equals" -> text(of.get(0)).equals(text(of.get(1)));
      default -> throw new IllegalArgumentException("not known of conditions: " + condition);
    };
  }

  private String text(JsonNode value) {
    if (!value.has("Ref")) {
      return value.asText();
    }
    String name = value.get("Ref").asText();
    String standard = template.at("/Parameters/" + name + "/Default").asText();
    return parameters.getOrDefault(name, standard);
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
