package io.frazil.events;

import io.frazil.json.Lenient;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request as API Gateway's HTTP API hands it to a function: payload format version 2.0, as far
/// as it is used here. Source: AWS, "Working with AWS Lambda proxy integrations for HTTP APIs".
///
/// @param rawPath decoded by the gateway, whatever its name says: a slash that came encoded is one
///   that divides names
/// @param rawQueryString still percent-encoded; empty without one
/// @param headers names in lower case; values of one name joined by commas
/// @param stageVariables what the deployment set for its stage; null without any
/// @param body null without one
@Lenient
public record HttpEvent(
    String version,
    String rawPath,
    String rawQueryString,
    Map<String, String> headers,
    RequestContext requestContext,
    @Nullable Map<String, String> stageVariables,
    @Nullable String body,
    @Nullable Boolean isBase64Encoded) {
  public static final String VERSION = "2.0";

  public HttpEvent {
    Json.require(version.equals(VERSION), "version must be 2.0: API Gateway's HTTP API");
    headers = Map.copyOf(headers);
    stageVariables = stageVariables == null ? null : Map.copyOf(stageVariables);
  }

  /// @param authorizer what an authorizer found out; null where the route has none
  public record RequestContext(
      Http http, @Nullable String requestId, @Nullable Authorizer authorizer) {}

  public record Http(String method, String path) {}

  /// @param iam the signer of a request, where the route asks for signatures
  /// @param jwt the bearer's token, where it asks for one
  public record Authorizer(@Nullable Iam iam, @Nullable Jwt jwt) {}

  /// @param cognitoIdentity whose credentials signed the request, where an identity pool of Cognito
  ///   gave them; its users share a role and a session's name
  public record Iam(String userArn, @Nullable CognitoIdentity cognitoIdentity) {}

  public record CognitoIdentity(@Nullable String identityId) {}

  public record Jwt(Map<String, String> claims) {
    public Jwt {
      claims = Map.copyOf(claims);
    }
  }
}
