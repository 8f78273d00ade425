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
  /// For events that are made in this process, or where the function's policy is enough.
  public static final Gateway TRUSTED = new Gateway(null, null, Callers.BY_ROLE);

  private static final String VARIABLE = "gatewayKey";

  private final @Nullable String key;
  private final @Nullable String unnamed;
  private final Callers callers;

  private Gateway(@Nullable String key, @Nullable String unnamed, Callers callers) {
    this.key = key;
    this.unnamed = unnamed;
    this.callers = callers;
  }

  /// @param key what the stage variable `gatewayKey` has to be
  public static Gateway withKey(String key) {
    return new Gateway(key, null, Callers.BY_ROLE);
  }

  /// One that has no authorizers, as `sam local start-api`: all its callers are one.
  ///
  /// @param caller their name
  public static Gateway withoutAuthorizers(String caller) {
    return new Gateway(null, caller, Callers.BY_ROLE);
  }

  /// The same to which each session of a role is a caller of its own. By default all sessions of a
  /// role are one.
  public Gateway tellingSessionsApart() {
    return new Gateway(key, unnamed, Callers.BY_SESSION);
  }

  /// Who makes a request.
  ///
  /// @throws HttpFailure 401 or 403
  String caller(HttpEvent event) {
    check(event);
    return unnamed != null && event.requestContext().authorizer() == null
        ? unnamed
        : callers.of(event);
  }

  private void check(HttpEvent event) {
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
