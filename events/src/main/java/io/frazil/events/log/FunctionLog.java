package io.frazil.events.log;

import io.frazil.events.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A function's log. Each line is a JSON object with `timestamp`, `level` and `message`, as
/// Lambda's own in its JSON format, and with what else is known, the query's id first. Safe for use
/// by many threads.
public final class FunctionLog {
  /// Says nothing: where there is no function, only a process of somebody's.
  public static final FunctionLog SILENT =
      new FunctionLog(null, "", InstantSource.system(), _ -> {});

  private static final String NAMESPACE = "Frazil";

  private final @Nullable LogLevel least;
  private final String function;
  private final InstantSource clock;
  private final Consumer<String> lines;

  /// @param least null for nothing at all
  FunctionLog(
      @Nullable LogLevel least, String function, InstantSource clock, Consumer<String> lines) {
    this.least = least;
    this.function = function;
    this.clock = clock;
    this.lines = lines;
  }

  /// Makes each line and keeps none.
  static final FunctionLog UNHEARD =
      new FunctionLog(LogLevel.INFO, "", InstantSource.system(), _ -> {});

  /// What a function's environment says: `AWS_LAMBDA_FUNCTION_NAME`, without which it is silent,
  /// and `FRAZIL_LOG_LEVEL`, by default INFO.
  public static FunctionLog of(Map<String, String> environment) {
    return of(environment, System.out::println);
  }

  /// The same, its lines elsewhere than on standard output.
  public static FunctionLog of(Map<String, String> environment, Consumer<String> lines) {
    String function = environment.get("AWS_LAMBDA_FUNCTION_NAME");
    return function == null
        ? SILENT
        : new FunctionLog(
            LogLevel.of(environment.getOrDefault("FRAZIL_LOG_LEVEL", "")),
            function,
            InstantSource.system(),
            lines);
  }

  /// Whether lines of a level are kept.
  boolean says(LogLevel level) {
    return least != null && level.compareTo(least) >= 0;
  }

  /// Says one thing.
  ///
  /// @param fields in their order; those that are null are left out
  public void say(LogLevel level, String message, Map<String, ? extends @Nullable Object> fields) {
    if (!says(level)) {
      return;
    }
    write(line(clock.instant(), level, message, fields));
  }

  /// What time it is to this log.
  Instant now() {
    return clock.instant();
  }

  /// Says one thing and counts what is in it, in CloudWatch's embedded metric format, by function
  /// and, where it failed, by code too.
  ///
  /// @param code of the error, or null
  public void count(
      LogLevel level,
      String message,
      Map<String, ? extends @Nullable Object> fields,
      @Nullable String code,
      Map<Metric, ? extends Number> metrics) {
    count(level, message, fields, code, metrics, clock.instant());
  }

  /// The same of what CloudWatch is to count at another time than now. The line itself says when it
  /// was written, as all do.
  ///
  /// @param at up to two weeks ago
  void count(
      LogLevel level,
      String message,
      Map<String, ? extends @Nullable Object> fields,
      @Nullable String code,
      Map<Metric, ? extends Number> metrics,
      Instant at) {
    if (least == null) {
      return;
    }
    Map<String, Object> line = line(clock.instant(), level, message, fields);
    line.put(
        "_aws",
        Map.of("Timestamp", at.toEpochMilli(), "CloudWatchMetrics", directives(code, metrics)));
    line.put("Function", function);
    if (code != null) {
      line.put("Code", code);
    }
    metrics.forEach((metric, value) -> line.put(metric.title(), value));
    write(line);
  }

  private static List<Map<String, Object>> directives(
      @Nullable String code, Map<Metric, ? extends Number> metrics) {
    List<Map<String, String>> all =
        metrics.keySet().stream()
            .sorted()
            .map(metric -> Map.of("Name", metric.title(), "Unit", metric.unit()))
            .toList();
    var byFunction = directive(List.of("Function"), all);
    return code == null
        ? List.of(byFunction)
        : List.of(
            byFunction,
            directive(
                List.of("Function", "Code"),
                all.stream().filter(m -> Metric.FAILURES.title().equals(m.get("Name"))).toList()));
  }

  private static Map<String, Object> directive(
      List<String> dimensions, List<Map<String, String>> metrics) {
    return Map.of("Namespace", NAMESPACE, "Dimensions", List.of(dimensions), "Metrics", metrics);
  }

  private static Map<String, Object> line(
      Instant now, LogLevel level, String message, Map<String, ? extends @Nullable Object> fields) {
    var line = new LinkedHashMap<String, Object>();
    line.put("timestamp", now.toString());
    line.put("level", level.name());
    line.put("message", message);
    fields.forEach((name, value) -> {
      if (value != null) {
        line.put(name, value);
      }
    });
    return line;
  }

  private void write(Map<String, Object> line) {
    lines.accept(new String(Json.encode(line), StandardCharsets.UTF_8));
  }
}
