package io.frazil.coordinator.http;

import io.frazil.events.HttpEvent;
import org.jspecify.annotations.Nullable;

/// Who makes a request: what the route's authorizer found out, never what the request says itself.
final class Callers {
  private Callers() {}

  /// The caller's name, different for each kind of authorizer.
  ///
  /// @throws HttpFailure 401
  static String of(HttpEvent event) {
    HttpEvent.Authorizer authorizer = event.requestContext().authorizer();
    if (authorizer == null) {
      throw HttpFailure.unauthorized();
    }
    HttpEvent.Iam iam = authorizer.iam();
    if (iam != null) {
      return "iam:" + iam.userArn();
    }
    HttpEvent.Jwt jwt = authorizer.jwt();
    if (jwt != null) {
      return "jwt:" + claim(jwt, "iss") + "|" + claim(jwt, "sub");
    }
    throw HttpFailure.unauthorized();
  }

  private static String claim(HttpEvent.Jwt jwt, String name) {
    @Nullable String value = jwt.claims().get(name);
    if (value == null || value.isEmpty()) {
      throw HttpFailure.unauthorized();
    }
    return value;
  }
}
