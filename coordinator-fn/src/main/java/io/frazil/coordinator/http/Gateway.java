package io.frazil.coordinator.http;

import io.frazil.events.HttpEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells API Gateway's events from those of whoever else may invoke the function, who could claim
/// to be any caller. The function's policy lets API Gateway alone invoke it, but an account's
/// administrators may grant more: so the deployment's stage carries a key, which comes with each
/// event as a stage variable.
public final class Gateway {
  /// For events that are made in this process.
  public static final Gateway TRUSTED = new Gateway(null);

  private static final String VARIABLE = "gatewayKey";

  private final @Nullable String key;

  private Gateway(@Nullable String key) {
    this.key = key;
  }

  /// @param key what the stage variable `gatewayKey` has to be
  public static Gateway withKey(String key) {
    return new Gateway(key);
  }

  /// @throws HttpFailure 403
  void check(HttpEvent event) {
    if (key == null) {
      return;
    }
    Map<String, String> variables = event.stageVariables();
    String given = variables == null ? "" : variables.getOrDefault(VARIABLE, "");
    // In a time that does not tell how much of it was right.
    if (!MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8))) {
      throw HttpFailure.notFromGateway();
    }
  }
}
