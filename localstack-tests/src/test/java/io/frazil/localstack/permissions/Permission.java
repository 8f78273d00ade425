package io.frazil.localstack.permissions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frazil.localstack.traffic.Call;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What one call needs to be allowed, in IAM's words. Source: AWS, "Service Authorization
/// Reference".
record Permission(String action, String resource) {
  private static final String OURS = ":us-east-1:000000000000:";
  private static final Set<String> OF_DATABASES_ALONE =
      Set.of("glue:GetDatabase", "glue:GetDatabases", "glue:CreateDatabase");

  private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
  private static final ObjectMapper JSON = new ObjectMapper();

  /// What a call needs: more than one where it is about many objects.
  ///
  /// @throws AssertionError for a call that functions are not known to make
  static List<Permission> of(Call call) {
    return switch (call.service()) {
      case "s3" -> s3(call);
      case "lambda" -> List.of(new Permission("lambda:InvokeFunction", invoked(call)));
      case "states" -> {
        String machine = content(call).path("stateMachineArn").asText();
        yield List.of(new Permission("states:" + operation(call), machine));
      }
      case "glue" -> glue(call);
      default -> throw new AssertionError("a call of a service that nobody knew of: " + call);
    };
  }

  private static List<Permission> s3(Call call) {
    String path = decoded(call.path()).substring(1);
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    String key = slash < 0 ? "" : path.substring(slash + 1);
    if (key.isEmpty() && call.method().equals("GET")) {
      return List.of(new Permission("s3:ListBucket", "arn:aws:s3:::" + bucket));
    }
    if (key.isEmpty() && call.query().startsWith("delete")) {
      return KEY.matcher(call.content())
          .results()
          .map(found -> object("s3:DeleteObject", bucket, found.group(1)))
          .toList();
    }
    String action =
        switch (call.method()) {
          case "GET", "HEAD" -> "s3:GetObject";
          case "PUT", "POST" -> "s3:PutObject";
          case "DELETE" ->
              call.query().contains("uploadId") ? "s3:AbortMultipartUpload" : "s3:DeleteObject";
          default -> throw new AssertionError("a call that nobody knew of: " + call);
        };
    return List.of(object(action, bucket, key));
  }

  private static Permission object(String action, String bucket, String key) {
    return new Permission(action, "arn:aws:s3:::" + bucket + "/" + key);
  }

  /// The version that is called, by its name or by its whole name.
  private static String invoked(Call call) {
    String function = decoded(call.path()).split("/", -1)[3];
    String name =
        function.startsWith("arn:") ? function : "arn:aws:lambda" + OURS + "function:" + function;
    return call.query().startsWith("Qualifier=")
        ? name + ":" + call.query().substring("Qualifier=".length())
        : name;
  }

  /// Glue asks for the catalog, for the database in it, and, where it is about one, for the table
  /// in that. A database is removed with all that it may hold.
  private static List<Permission> glue(Call call) {
    JsonNode content = content(call);
    String action = "glue:" + operation(call);
    boolean ofTable = content.has("DatabaseName");
    String named = content.path("Name").asText();
    String database =
        ofTable
            ? content.path("DatabaseName").asText()
            : content.path("DatabaseInput").path("Name").asText(named);
    String table = content.path("TableInput").path("Name").asText(named);
    var needed =
        new ArrayList<>(
            List.of(
                new Permission(action, "arn:aws:glue" + OURS + "catalog"),
                new Permission(action, "arn:aws:glue" + OURS + "database/" + database)));
    if (!OF_DATABASES_ALONE.contains(action)) {
      needed.add(new Permission(action, "arn:aws:glue" + OURS + "table/" + database + "/" + table));
    }
    if (action.equals("glue:DeleteDatabase")) {
      needed.add(
          new Permission(action, "arn:aws:glue" + OURS + "userDefinedFunction/" + database + "/f"));
    }
    return List.copyOf(needed);
  }

  private static JsonNode content(Call call) {
    try {
      return JSON.readTree(call.content());
    } catch (JsonProcessingException e) {
      throw new AssertionError("a call that says nothing: " + call, e);
    }
  }

  private static String operation(Call call) {
    return call.operation().substring(call.operation().indexOf('.') + 1);
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
