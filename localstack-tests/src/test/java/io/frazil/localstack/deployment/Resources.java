package io.frazil.localstack.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The resources of a transformed template, and who refers to what.
final class Resources {
  private static final Pattern SUBSTITUTED = Pattern.compile("\\$\\{(\\w+)(?:\\.\\w+)*}");

  /// What of a function is no part of its versions.
  private static final Set<String> UNVERSIONED =
      Set.of("Role", "ReservedConcurrentExecutions", "FunctionName", "Tags");

  private static final String POLICY = "AWS::IAM::ManagedPolicy";

  /// Of a policy's ARN in any partition. A function's name has 64 characters at most, the stack's
  /// before `-large-worker` among them, and a policy's adds the resource's and thirteen more.
  private static final int POLICY_CHARACTERS =
      "arn:aws-us-gov:iam::111122223333:policy/".length()
          + (64 - "-large-worker".length())
          + "-UseCatalog-".length()
          + 13;

  private static final int VERSION_DIGITS = 6;

  private final JsonNode template;

  Resources(@Nullable JsonNode template) {
    this.template = template == null ? MissingNode.getInstance() : template;
  }

  JsonNode template() {
    return template;
  }

  /// The properties of one resource.
  JsonNode properties(String name) {
    return template.required("Resources").required(name).required("Properties");
  }

  /// The properties of all resources of a type.
  Stream<JsonNode> of(String type) {
    return whole(type).map(resource -> resource.required("Properties"));
  }

  /// All resources of a type.
  Stream<JsonNode> whole(String type) {
    return template.required("Resources").properties().stream()
        .map(Map.Entry::getValue)
        .filter(resource -> resource.required("Type").asText().equals(type));
  }

  /// The parameters that a function's versions are made with.
  Set<String> parametersOf(String function) {
    var names = new TreeSet<String>();
    for (Map.Entry<String, JsonNode> property : properties(function).properties()) {
      if (!UNVERSIONED.contains(property.getKey())) {
        names.addAll(references(property.getValue()));
      }
    }
    names.retainAll(parameters());
    return names;
  }

  /// The parameters at whose change a new version of a function is published: those of its
  /// version's description, of the descriptions of versions and policies named there, and so on.
  /// None of these descriptions can be changed in place.
  Set<String> publishing(String function) {
    var names = new HashSet<String>();
    template.required("Resources").properties().stream()
        .filter(r -> r.getValue().required("Type").asText().equals("AWS::Lambda::Version"))
        .filter(r -> r.getValue().at("/Properties/FunctionName/Ref").asText().equals(function))
        .forEach(r -> addDescribed(r.getKey(), names));
    names.retainAll(parameters());
    return names;
  }

  /// The name of a function's version, which is another for another version.
  String version(String function) {
    return template.required("Resources").properties().stream()
        .filter(r -> r.getValue().required("Type").asText().equals("AWS::Lambda::Version"))
        .filter(r -> r.getValue().at("/Properties/FunctionName/Ref").asText().equals(function))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /// What a function's version is described by, as the template writes it.
  String description(String function) {
    return properties(version(function)).required("Description").toString();
  }

  /// How many characters a text has at most once everything is put into it.
  int longest(JsonNode text) {
    if (text.has("Ref")) {
      return longest(text.get("Ref").asText());
    }
    if (text.has("Fn::If")) {
      JsonNode either = text.get("Fn::If");
      return Math.max(longest(either.get(1)), longest(either.get(2)));
    }
    if (!text.has("Fn::Sub")) {
      return text.asText().length();
    }
    JsonNode substituted = text.get("Fn::Sub");
    JsonNode given = substituted.path(1);
    String pattern = substituted.isArray() ? substituted.get(0).asText() : substituted.asText();
    Matcher matcher = SUBSTITUTED.matcher(pattern);
    var longest = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      int length = given.has(name) ? longest(given.get(name)) : longest(name);
      matcher.appendReplacement(longest, "x".repeat(length));
    }
    return matcher.appendTail(longest).length();
  }

  private int longest(String name) {
    JsonNode parameter = template.required("Parameters").path(name);
    if (parameter.isMissingNode()) {
      return template.required("Resources").required(name).required("Type").asText().equals(POLICY)
          ? POLICY_CHARACTERS
          : VERSION_DIGITS;
    }
    if (parameter.has("AllowedValues")) {
      return StreamSupport.stream(parameter.get("AllowedValues").spliterator(), false)
          .mapToInt(value -> value.asText().length())
          .max()
          .orElseThrow();
    }
    return parameter.has("MaxValue")
        ? parameter.get("MaxValue").asText().length()
        : parameter.required("MaxLength").asInt();
  }

  private void addDescribed(String resource, Set<String> names) {
    for (String name : references(properties(resource).path("Description"))) {
      if (names.add(name) && template.required("Resources").has(name)) {
        addDescribed(name, names);
      }
    }
  }

  Set<String> parameters() {
    var names = new HashSet<String>();
    template.required("Parameters").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /// The names that a value refers to, by conditions too.
  private Set<String> references(JsonNode value) {
    var names = new HashSet<String>();
    if (value.has("Ref")) {
      names.add(value.get("Ref").asText());
    }
    if (value.has("Fn::If")) {
      String condition = value.get("Fn::If").get(0).asText();
      names.addAll(references(template.required("Conditions").required(condition)));
    }
    if (value.has("Fn::Sub")) {
      Matcher matcher = SUBSTITUTED.matcher(value.get("Fn::Sub").toString());
      while (matcher.find()) {
        names.add(matcher.group(1));
      }
    }
    value.forEach(inner -> names.addAll(references(inner)));
    return names;
  }
}
