package io.frazil.localstack;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.frazil.events.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a function may do: all statements of its role's policies, as they were deployed.
record Policy(List<Statement> statements) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  record Roles(Map<String, List<Statement>> functions) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Statement(
      @JsonProperty("Sid") @Nullable String name,
      @JsonProperty("Effect") String effect,
      @JsonProperty("Action") List<String> actions,
      @JsonProperty("Resource") List<String> resources) {
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

  /// The policy of each function, by its name.
  static Roles of(LocalStack stack, List<String> functions) throws IOException {
    String roles = stack.python(LIMIT, "permissions.py", functions);
    return Json.decode(roles.getBytes(StandardCharsets.UTF_8), Roles.class);
  }

  boolean allows(Permission permission) {
    return statements.stream().anyMatch(s -> s.allows() && s.covers(permission))
        && statements.stream().noneMatch(s -> !s.allows() && s.covers(permission));
  }
}
