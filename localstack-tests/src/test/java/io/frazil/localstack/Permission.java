package io.frazil.localstack;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What one call needs to be allowed, in IAM's words. Source: AWS, "Service Authorization
/// Reference".
record Permission(String action, String resource) {
  private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
  private static final Pattern STATE_MACHINE =
      Pattern.compile("\"stateMachineArn\"\\s*:\\s*\"([^\"]*)\"");

  /// What a call needs: more than one where it is about many objects.
  ///
  /// @throws AssertionError for a call that functions are not known to make
  static List<Permission> of(Call call) {
    return switch (call.service()) {
      case "s3" -> s3(call);
      case "lambda" -> List.of(new Permission("lambda:InvokeFunction", invoked(call)));
      case "states" -> List.of(states(call));
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
    String[] parts = decoded(call.path()).split("/", -1);
    String function = parts[3];
    String name =
        function.startsWith("arn:")
            ? function
            : "arn:aws:lambda:us-east-1:000000000000:function:" + function;
    return call.query().startsWith("Qualifier=")
        ? name + ":" + call.query().substring("Qualifier=".length())
        : name;
  }

  private static Permission states(Call call) {
    String machine =
        STATE_MACHINE
            .matcher(call.content())
            .results()
            .map((MatchResult found) -> found.group(1))
            .findFirst()
            .orElse("*");
    String operation = call.operation().substring(call.operation().indexOf('.') + 1);
    return new Permission("states:" + operation, machine);
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
