package io.frazil.coordinator.prime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.frazil.s3.loopback.LoopbackServer;
import io.frazil.s3.loopback.LoopbackServer.Answer;
import io.frazil.s3.loopback.LoopbackServer.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// As much of AWS Glue as Iceberg's catalog asks for: databases and tables are kept as they come,
/// and given back.
final class LoopbackGlue implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPERATIONS = "AWSGlue.";

  private final ConcurrentMap<String, JsonNode> databases = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, JsonNode> tables = new ConcurrentHashMap<>();
  private final LoopbackServer server = LoopbackServer.start(this::answer);

  URI endpoint() {
    return URI.create("http://" + server.address());
  }

  @Override
  public void close() {
    server.close();
  }

  private Answer answer(Request request) {
    String operation =
        request.header("x-amz-target").orElse(OPERATIONS).substring(OPERATIONS.length());
    try {
      JsonNode asked = JSON.readTree(request.body());
      ObjectNode given = JSON.createObjectNode();
      JsonNode found =
          switch (operation) {
            case "CreateDatabase" -> {
              JsonNode input = asked.get("DatabaseInput");
              databases.put(input.get("Name").asText(), input);
              yield given;
            }
            case "GetDatabase" -> databases.get(asked.get("Name").asText());
            case "CreateTable", "UpdateTable" -> {
              JsonNode input = asked.get("TableInput");
              tables.put(key(asked, input), table(asked, input));
              yield given;
            }
            case "GetTable" -> tables.get(key(asked, asked));
            case "GetDatabases" -> JSON.valueToTree(databases.values());
            case "GetTables" -> JSON.valueToTree(tables.values());
            default -> throw new IllegalStateException("priming does not know Glue's " + operation);
          };
      if (found == null) {
        byte[] error = JSON.writeValueAsBytes(Map.of("__type", "EntityNotFoundException"));
        return new Answer(400, Map.of(), error, 0, error.length);
      }
      if (operation.startsWith("Get")) {
        String what = operation.substring("Get".length());
        JsonNode _ = given.set(what.replaceAll("s$", "List"), found);
      }
      return Answer.of(
          Map.of("Content-Type", "application/x-amz-json-1.1"), JSON.writeValueAsBytes(given));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(JsonNode asked, JsonNode named) {
    return asked.get("DatabaseName").asText() + "." + named.get("Name").asText();
  }

  private static JsonNode table(JsonNode asked, JsonNode input) {
    ObjectNode table = input.deepCopy();
    return table.put("DatabaseName", asked.get("DatabaseName").asText()).put("VersionId", "1");
  }
}
