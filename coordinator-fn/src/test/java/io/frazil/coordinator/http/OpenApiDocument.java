package io.frazil.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.frazil.events.HttpAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// The description of the API, which answers are held against.
final class OpenApiDocument {
  private static final Path FILE = Path.of("..", "docs", "openapi.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode root;
  private final JsonNode definitions;

  private OpenApiDocument(JsonNode root) {
    this.root = root;
    this.definitions = closed(root.at("/components/schemas"));
  }

  static OpenApiDocument read() {
    try {
      return new OpenApiDocument(new ObjectMapper(new YAMLFactory()).readTree(FILE.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode root() {
    return root;
  }

  /// Follows a `$ref`.
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
  }

  /// Asserts that an answer is one that the route is said to give. What is asked for at no path, or
  /// by no method, of the description is described nowhere.
  void check(String method, String path, HttpAnswer answer) {
    for (Map.Entry<String, JsonNode> known : root.path("paths").properties()) {
      JsonNode operation = known.getValue().path(method.toLowerCase(Locale.ROOT));
      if (path.matches(known.getKey().replaceAll("\\{\\w+}", "[^/]+"))
          && !operation.isMissingNode()) {
        check(method + " " + path, operation, answer);
        return;
      }
    }
    assertThat(answer.statusCode()).isIn(404, 405);
  }

  private void check(String what, JsonNode operation, HttpAnswer answer) {
    String status = String.valueOf(answer.statusCode());
    assertThat(operation.path("responses").has(status))
        .as("%s is said to answer %s", what, status)
        .isTrue();
    JsonNode response = resolved(operation.path("responses").path(status));
    JsonNode content = response.path("content").path(answer.headers().get("content-type"));
    assertValid(what + " " + status, content.path("schema"), json(answer.body()));
    response
        .path("headers")
        .fieldNames()
        .forEachRemaining(name -> {
          if (answer.statusCode() < 300) {
            assertThat(answer.headers()).containsKey(name.toLowerCase(Locale.ROOT));
          }
        });
  }

  /// Asserts that a value is as a schema of the document says, without members that are not there.
  void assertValid(String what, JsonNode schema, JsonNode value) {
    assertThat(schema.isObject()).as("%s has a schema", what).isTrue();
    ObjectNode whole = JSON.createObjectNode();
    whole.set("$defs", definitions);
    whole.set("allOf", JSON.createArrayNode().add(closed(schema)));
    JsonSchema compiled =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
    assertThat(compiled.validate(value)).as("%s: %s", what, value).isEmpty();
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }

  /// A schema by which an object has no more members than are described, its references as plain
  /// JSON Schema has them.
  private static JsonNode closed(JsonNode schema) {
    JsonNode copy = json(schema.toString().replace("#/components/schemas/", "#/$defs/"));
    copy.findParents("properties")
        .forEach(node -> {
          if (node.path("type").asText().equals("object")) {
            ((ObjectNode) node).put("additionalProperties", false);
          }
        });
    return copy;
  }
}
