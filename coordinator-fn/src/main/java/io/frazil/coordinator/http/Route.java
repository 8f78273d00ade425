package io.frazil.coordinator.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What can be asked for.
public enum Route {
  SUBMIT("POST", "/v1/queries"),
  LIST("GET", "/v1/queries"),
  STATUS("GET", "/v1/queries/{id}"),
  RESULTS("GET", "/v1/queries/{id}/results"),
  CANCEL("DELETE", "/v1/queries/{id}"),
  EXPLAIN("POST", "/v1/explain"),
  SCHEMAS("GET", "/v1/tables"),
  TABLES("GET", "/v1/tables/{schema}"),
  TABLE("GET", "/v1/tables/{schema}/{table}");

  private final String method;
  private final String path;

  Route(String method, String path) {
    this.method = method;
    this.path = path;
  }

  /// A route and the values of its path's parameters, in order.
  record Match(Route route, List<String> parameters) {
    String parameter(int index) {
      return parameters.get(index);
    }
  }

  public String method() {
    return method;
  }

  /// With its parameters in braces.
  public String path() {
    return path;
  }

  /// @param rawPath as [io.frazil.events.HttpEvent] has it: not percent-encoded any more
  /// @throws HttpFailure 404 or 405
  static Match match(String method, String rawPath) {
    List<String> asked = List.of(rawPath.split("/", -1));
    List<Route> there = Arrays.stream(values()).filter(route -> route.matches(asked)).toList();
    if (there.isEmpty()) {
      throw HttpFailure.noSuchPath(rawPath);
    }
    return there.stream()
        .filter(route -> route.method.equals(method))
        .findFirst()
        .map(route -> new Match(route, route.parameters(asked)))
        .orElseThrow(() ->
            HttpFailure.methodNotAllowed(
                method,
                rawPath,
                there.stream().map(Route::method).collect(Collectors.joining(", "))));
  }

  private List<String> parts() {
    return List.of(path.split("/", -1));
  }

  private boolean matches(List<String> asked) {
    List<String> parts = parts();
    if (asked.size() != parts.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      boolean fits =
          isParameter(parts.get(i)) ? !asked.get(i).isEmpty() : parts.get(i).equals(asked.get(i));
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private List<String> parameters(List<String> asked) {
    List<String> parts = parts();
    var values = new ArrayList<String>();
    for (int i = 0; i < parts.size(); i++) {
      if (isParameter(parts.get(i))) {
        values.add(asked.get(i));
      }
    }
    return List.copyOf(values);
  }

  private static boolean isParameter(String part) {
    return part.startsWith("{");
  }
}
