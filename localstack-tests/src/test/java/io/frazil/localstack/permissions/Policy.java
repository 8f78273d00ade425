package io.frazil.localstack.permissions;

import io.frazil.events.Json;
import io.frazil.json.JsonName;
import io.frazil.json.Lenient;
import io.frazil.localstack.process.Command;
import io.frazil.localstack.process.PythonEnvironment;
import io.frazil.localstack.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a function or state machine may do: all statements of its role's policies, as they were
/// deployed.
///
/// @param role its ARN
record Policy(String role, List<Statement> statements) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private record Said(Map<String, Policy> policies) {}

  @Lenient
  record Statement(
      @JsonName("Sid") @Nullable String name,
      @JsonName("Effect") String effect,
      @JsonName("Action") List<String> actions,
      @JsonName("Resource") List<String> resources) {
    boolean covers(Permission permission) {
      return actions.stream().anyMatch(a -> matches(a, permission.action()))
          && resources.stream().anyMatch(r -> matches(r, permission.resource()));
    }

    boolean allows() {
      return effect.equals("Allow");
    }

    private static boolean matches(String pattern, String text) {
      String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
      return Pattern.matches(regex, text);
    }
  }

  /// The policy of each, by its name.
  ///
  /// @param holders names of functions and ARNs of state machines
  static Map<String, Policy> of(LocalStack stack, List<String> holders) throws IOException {
    Path folder = Files.createTempDirectory(LocalStack.logs(), "permissions-");
    Path names = folder.resolve("names.json");
    Path said = folder.resolve("policies.json");
    Files.write(names, Json.encode(holders));
    Command.run(
        folder.resolve("log.txt"),
        LIMIT,
        PythonEnvironment.command(
            List.of(
                PythonEnvironment.SOURCES.resolve("permissions.py").toString(),
                stack.endpoint().toString())),
        names,
        said);
    return Json.decode(Files.readAllBytes(said), Said.class).policies();
  }

  boolean allows(Permission permission) {
    return statements.stream().anyMatch(s -> s.allows() && s.covers(permission))
        && statements.stream().noneMatch(s -> !s.allows() && s.covers(permission));
  }
}
