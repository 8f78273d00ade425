package io.frazil.events.log;

import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.QueryResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is said of queries and attempts.
///
/// @param log where to
public record QueryLog(FunctionLog log) {
  public static final QueryLog SILENT = new QueryLog(FunctionLog.SILENT);

  /// Does all the work of a log that nobody reads, so that it is compiled before somebody does.
  public static final QueryLog UNHEARD = new QueryLog(FunctionLog.UNHEARD);

  /// As [FunctionLog#of] has it.
  public static QueryLog of(Map<String, String> environment) {
    return new QueryLog(FunctionLog.of(environment));
  }

  /// A query that begins here. A hash tells which statement it is without its text.
  public void began(String query, String sql) {
    if (log.says(LogLevel.INFO)) {
      log.say(LogLevel.INFO, "Query began", fields(query, "sqlHash", hash(sql)));
      log.say(LogLevel.DEBUG, "Statement", fields(query, "sql", sql));
    }
  }

  /// A query that ended here, well or not.
  public void ended(String query, QueryResponse response) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("query", query);
    var metrics = new EnumMap<Metric, Number>(Metric.class);
    metrics.put(Metric.QUERIES, 1);
    addError(response.error(), fields);
    QueryResponse.Statistics statistics = response.statistics();
    if (statistics != null) {
      fields.put("planningMillis", statistics.planningMillis());
      fields.put("rows", statistics.rows());
      metrics.put(Metric.DURATION, statistics.elapsedMillis());
      metrics.put(Metric.BYTES_READ, statistics.bytesRead());
      long tasks = statistics.stages().stream().mapToLong(QueryResponse.Stage::tasks).sum();
      long attempts = statistics.stages().stream().mapToLong(QueryResponse.Stage::attempts).sum();
      metrics.put(Metric.TASKS, tasks);
      metrics.put(Metric.RETRIES, Math.max(0, attempts - tasks));
    }
    QueryResponse.Ledger ledger = response.ledger();
    if (ledger != null) {
      metrics.put(Metric.DOLLARS, ledger.dollars());
    }
    ErrorMessage error = response.error();
    metrics.put(Metric.FAILURES, error == null ? 0 : 1);
    log.count(
        error == null ? LogLevel.INFO : level(error),
        error == null ? "Query ended" : "Query failed",
        fields,
        error == null ? null : error.code(),
        metrics);
  }

  /// An attempt of a task that ended here, well or not.
  public void ended(FragmentRequest request, FragmentResponse response) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("query", request.query());
    fields.put("stage", request.stage());
    fields.put("task", request.task());
    fields.put("attempt", request.attempt());
    fields.put("millis", response.statistics().wallNanos() / 1_000_000);
    fields.put("cpuMillis", response.statistics().cpuNanos() / 1_000_000);
    fields.put("peakBytes", response.statistics().peakBytes());
    ErrorMessage error = response.error();
    addError(error, fields);
    log.say(
        error == null ? LogLevel.INFO : level(error),
        error == null ? "Attempt ended" : "Attempt failed",
        fields);
  }

  /// Something that went wrong and changes nothing of what becomes of the query.
  ///
  /// @param what a sentence without its stop
  public void passedOver(String query, String what, ErrorMessage error) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("query", query);
    fields.put("code", error.code());
    fields.put("class", error.errorClass());
    fields.put("error", error.message());
    log.say(LogLevel.WARN, what, fields);
  }

  // A message may quote what was read; code and class tell what happened, but where it is our own
  // fault nothing else does.
  private void addError(@Nullable ErrorMessage error, Map<String, @Nullable Object> fields) {
    if (error != null) {
      fields.put("code", error.code());
      fields.put("class", error.errorClass());
      if (isOurs(error) || log.says(LogLevel.DEBUG)) {
        fields.put("error", error.message());
      }
    }
  }

  /// Users' and data's errors are everyday; ours are not.
  private static LogLevel level(ErrorMessage error) {
    return isOurs(error) ? LogLevel.ERROR : LogLevel.WARN;
  }

  private static boolean isOurs(ErrorMessage error) {
    return error.errorClass().equals("INTERNAL");
  }

  private static String hash(String sql) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Map<String, @Nullable Object> fields(String query, String name, String value) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("query", query);
    fields.put(name, value);
    return fields;
  }
}
