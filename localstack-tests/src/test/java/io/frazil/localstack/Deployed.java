package io.frazil.localstack;

/// What is deployed.
///
/// @param http the function behind the HTTP API, as `name:version`; the others likewise
/// @param results where the objects of queries lie, ending with `/`
record Deployed(String http, String coordinator, String worker, String results) {
  /// A function's name without its version.
  static String name(String function) {
    return function.substring(0, function.indexOf(':'));
  }

  String resultsBucket() {
    return results.substring("s3://".length(), results.length() - 1);
  }

  String httpName() {
    return name(http);
  }

  String coordinatorName() {
    return name(coordinator);
  }

  String workerName() {
    return name(worker);
  }
}
