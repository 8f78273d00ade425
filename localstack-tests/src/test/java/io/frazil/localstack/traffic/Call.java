package io.frazil.localstack.traffic;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One request to AWS, as [FaultProxy] sees it pass.
///
/// @param number in the order of arrival, from 0
/// @param function who makes it: a function's name, or empty where it is none
/// @param environment which of the function's JVMs, as `version-id`
/// @param service as signatures name it: `s3`, `lambda`, `glue`, ...
/// @param target path and query
/// @param operation what services with one path for all are asked for; empty elsewhere
/// @param content of the request, where it says what is asked for and of what; empty elsewhere
public record Call(
    int number,
    String function,
    String environment,
    String service,
    String method,
    String target,
    String operation,
    String content) {
  /// Functions' keys name them, in headers and in presigned addresses.
  private static final Pattern SIGNATURE =
      Pattern.compile(
          "Credential=(?:([^/%]+)[.])?([^/%]+)(?:/|%2F)\\d+(?:/|%2F)[^/%]+(?:/|%2F)([^/%]+)");

  /// As whom Step Functions asks: see `step_functions.py`.
  private static final String STEP_FUNCTIONS = "step-functions";

  static Call of(int number, HttpMessage request) {
    Matcher signature = SIGNATURE.matcher(request.header("authorization").orElse(request.target()));
    boolean signed = signature.find();
    String function = signed && signature.group(1) != null ? signature.group(1) : "";
    return new Call(
        number,
        function,
        signed ? signature.group(2) : "",
        signed ? signature.group(3) : "",
        request.method(),
        request.target(),
        request.header("x-amz-target").orElse(""),
        content(request));
  }

  private static String content(HttpMessage request) {
    boolean tells =
        request.header("x-amz-target").isPresent() || request.target().contains("?delete");
    return tells ? new String(request.body(), StandardCharsets.UTF_8) : "";
  }

  /// Of the function; empty where it is none.
  public String version() {
    return environment.substring(0, Math.max(0, environment.indexOf('-')));
  }

  /// @param version of a function, as `name:version`
  public boolean isBy(String version) {
    return version.equals(function + ":" + version());
  }

  /// Whether a state machine makes it, by Step Functions.
  public boolean isByStepFunctions() {
    return function.equals(STEP_FUNCTIONS);
  }

  /// Without what follows the question mark.
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /// What follows the question mark.
  public String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  public boolean reads() {
    return service.equals("s3") && method.equals("GET");
  }

  public boolean writes() {
    return service.equals("s3") && method.equals("PUT");
  }

  public boolean invokes() {
    return service.equals("lambda") && path().endsWith("/invocations");
  }

  /// @param version of a function, as `name:version`
  public boolean invokes(String version) {
    return invokes()
        && URLDecoder.decode(path(), StandardCharsets.UTF_8).endsWith(version + "/invocations");
  }
}
