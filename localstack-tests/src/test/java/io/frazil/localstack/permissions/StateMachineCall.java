package io.frazil.localstack.permissions;

import io.frazil.events.Json;
import io.frazil.localstack.stack.LocalStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// One request to AWS that Step Functions made for a state machine.
///
/// @param role as whom, an ARN
/// @param service as its clients name it
/// @param parameters those that are texts
record StateMachineCall(
    String role, String service, String operation, Map<String, String> parameters) {
  /// All of them.
  static List<StateMachineCall> seen() throws IOException {
    Path notes = LocalStack.stepFunctionsCalls();
    try (Stream<String> lines = Files.exists(notes) ? Files.lines(notes) : Stream.of()) {
      return lines
          .map(line -> Json.decode(line.getBytes(StandardCharsets.UTF_8), StateMachineCall.class))
          .toList();
    }
  }

  /// What it needs to be allowed.
  ///
  /// @throws AssertionError for a call that the state machine is not known to make
  Permission permission() {
    return switch (service + ":" + operation) {
      case "lambda:Invoke" -> new Permission("lambda:InvokeFunction", parameter("FunctionName"));
      case "s3:GetObject" ->
          new Permission(
              "s3:GetObject", "arn:aws:s3:::" + parameter("Bucket") + "/" + parameter("Key"));
      default -> throw new AssertionError("a call that nobody knew of: " + this);
    };
  }

  private String parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }
}
