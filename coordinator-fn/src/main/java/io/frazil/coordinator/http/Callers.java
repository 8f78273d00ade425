package io.frazil.coordinator.http;

import io.frazil.events.HttpEvent;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who makes a request: what the route's authorizer found out, never what the request says itself.
/// The names of different kinds of callers differ. A user of a Cognito identity pool is one
/// whatever role is taken on for him: his session has the name that all others have.
enum Callers {
  /// All sessions of a role are one caller: each task, instance or process that takes a role on has
  /// a session of its own, and finds the queries of the one before it.
  BY_ROLE {
    @Override
    String of(HttpEvent.Iam iam) {
      Matcher session = ASSUMED_ROLE.matcher(iam.userArn());
      return session.matches() ? session.group(1) : iam.userArn();
    }
  },

  /// Each session of a role is a caller of its own: right where sessions are named by whoever
  /// vouches for their users, and not by those who take the role on.
  BY_SESSION {
    @Override
    String of(HttpEvent.Iam iam) {
      return iam.userArn();
    }
  };

  /// The role, and behind it the session's name.
  private static final Pattern ASSUMED_ROLE =
      Pattern.compile("(arn:[^:]+:sts::\\d+:assumed-role/[^/]+)/.+");

  abstract String of(HttpEvent.Iam iam);

  /// The caller's name.
  ///
  /// @throws HttpFailure 401
  String of(HttpEvent event) {
    HttpEvent.Authorizer authorizer = event.requestContext().authorizer();
    if (authorizer == null) {
      throw HttpFailure.unauthorized();
    }
    HttpEvent.Iam iam = authorizer.iam();
    if (iam != null) {
      HttpEvent.CognitoIdentity identity = iam.cognitoIdentity();
      String id = identity == null ? null : identity.identityId();
      return id == null || id.isEmpty() ? "iam:" + of(iam) : "cognito:" + id;
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
