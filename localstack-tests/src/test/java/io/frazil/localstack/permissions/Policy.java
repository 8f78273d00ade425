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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a function or state machine may do: all statements of its role's policies, as they were
/// deployed.
///
/// @param role its ARN
record Policy(String role, List<Statement> statements) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private record Said(Map<String, Policy> policies) {}

  /// @param condition as JSON; null without one, as all are here: what one with a condition allows
  ///   is not what its actions and resources say
  @Lenient
  record Statement(
      @JsonName("Sid") @Nullable String name,
      @JsonName("Effect") String effect,
      @JsonName("Action") List<String> actions,
      @JsonName("Resource") List<String> resources,
      @JsonName("Condition") @Nullable String condition) {
    Statement {
      if (condition != null) {
        throw new AssertionError(
            "a condition that nobody knew of, of statement %s: %s".formatted(name, condition));
      }
    }

    boolean covers(Permission permission) {
      return parts().anyMatch(part -> part.covers(permission));
    }

    boolean allows() {
      return effect.equals("Allow");
    }

    /// Each of its actions on each of its resources.
    Stream<Part> parts() {
      return actions.stream()
          .flatMap(action -> resources.stream().map(resource -> new Part(name, action, resource)));
    }
  }

  /// One action on one resource, as patterns.
  ///
  /// @param statement in which it is
  record Part(@Nullable String statement, String action, String resource) {
    boolean covers(Permission permission) {
      return matches(action, permission.action()) && matches(resource, permission.resource());
    }

    @Override
    public String toString() {
      return "%s: %s on %s".formatted(statement, action, resource);
    }
  }

  /// Whether a text is as a pattern says, in which `*` stands for anything.
  static boolean matches(String pattern, String text) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.matches(regex, text);
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
