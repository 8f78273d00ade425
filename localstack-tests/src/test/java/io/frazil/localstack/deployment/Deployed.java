package io.frazil.localstack.deployment;

/// What is deployed.
///
/// @param http the function behind the HTTP API, as `name:version`; the others likewise
/// @param results where the objects of queries lie, ending with `/`
public record Deployed(
    String http, String coordinator, String worker, String largeWorker, String results) {
  /// A function's name without its version.
  public static String name(String function) {
    return function.substring(0, function.indexOf(':'));
  }

  public String resultsBucket() {
    return results.substring("s3://".length(), results.length() - 1);
  }

  public String httpName() {
    return name(http);
  }

  public String coordinatorName() {
    return name(coordinator);
  }

  public String workerName() {
    return name(worker);
  }
}
