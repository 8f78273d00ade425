package io.frazil.events.log;

import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.QueryResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is said of queries and attempts.
///
/// @param log where to
public record QueryLog(FunctionLog log) {
  public static final QueryLog SILENT = new QueryLog(FunctionLog.SILENT);

  /// Does all the work of a log that nobody reads, so that it is compiled before somebody does.
  public static final QueryLog UNHEARD = new QueryLog(FunctionLog.UNHEARD);

  private static final String BROKE = "Internal error";
  private static final int SERVER_ERROR = 500;

  /// As [FunctionLog#of] has it.
  public static QueryLog of(Map<String, String> environment) {
    return new QueryLog(FunctionLog.of(environment));
  }

  /// What time it is to the log.
  public Instant now() {
    return log.now();
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
    Map<String, @Nullable Object> fields = fields(request);
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

  /// An error of our own that ends a query: what it is, and where it was thrown. The query's end is
  /// said and counted besides.
  public void broke(String query, Throwable why) {
    log.say(LogLevel.ERROR, BROKE, trace(fields("query", query), why));
  }

  /// The same of an attempt of a task.
  public void broke(FragmentRequest request, Throwable why) {
    log.say(LogLevel.ERROR, BROKE, trace(fields(request), why));
  }

  /// An invocation that fails to tell its state machine how a task ended, or that a step is to be
  /// made later, which Lambda counts as any error: the count tells them from those that were lost.
  /// Lambda counts an error when its invocation began, however long that ran, and so does this.
  ///
  /// @param error the class that the state machine sees
  /// @param invoked when the invocation began, by [#now]
  public void toldAsError(String query, String error, Instant invoked) {
    log.count(
        LogLevel.INFO,
        "Failure told",
        fields(query, "error", error),
        null,
        Map.of(Metric.ERRORS_TOLD, 1),
        invoked);
  }

  /// The same of a request that is no query, or not yet one: it is counted here.
  ///
  /// @param query the id of the query that it was about; null where it was about none
  /// @param request its own id; null where it has none
  public void requestBroke(@Nullable String query, @Nullable String request, Throwable why) {
    Map<String, @Nullable Object> fields = fields("query", query);
    fields.put("request", request);
    log.count(LogLevel.ERROR, BROKE, trace(fields, why), "INTERNAL", Map.of(Metric.FAILURES, 1));
  }

  /// A request to the HTTP API that was answered. Those that only look are many, and told at level
  /// DEBUG unless they fail.
  ///
  /// @param request API Gateway's id of it
  /// @param route what it asked for
  /// @param query that it was about
  public void answered(
      @Nullable String request,
      @Nullable String route,
      int status,
      long millis,
      @Nullable String query) {
    boolean looks = route != null && route.startsWith("GET ");
    LogLevel level =
        status >= SERVER_ERROR ? LogLevel.WARN : looks ? LogLevel.DEBUG : LogLevel.INFO;
    if (log.says(level)) {
      var fields = fields("query", query);
      fields.put("request", request);
      fields.put("route", route);
      fields.put("status", status);
      fields.put("millis", millis);
      log.say(level, "Request answered", fields);
    }
  }

  /// A query that somebody else is to work on from here.
  ///
  /// @param to what kind of
  public void handedOver(String query, String to) {
    var fields = fields("query", query);
    fields.put("to", to);
    log.say(LogLevel.INFO, "Query handed over", fields);
  }

  /// A step of a state machine.
  ///
  /// @param next what comes after it
  /// @param tasks that it listed
  public void stepped(String query, String next, long tasks) {
    var fields = fields("query", query);
    fields.put("next", next);
    fields.put("tasks", tasks);
    log.say(LogLevel.INFO, "Step made", fields);
  }

  /// An attempt that is not its task's first: one failed before, or takes long.
  public void triedAgain(FragmentRequest request) {
    log.say(LogLevel.INFO, "Task tried again", fields(request));
  }

  /// A call of a function that gave no answer: refused, lost or throttled. The latter are many
  /// wherever concurrency is short, and told at level DEBUG.
  ///
  /// @param code of the error
  public void callFailed(FragmentRequest request, String code) {
    LogLevel level = code.equals("THROTTLED") ? LogLevel.DEBUG : LogLevel.WARN;
    if (log.says(level)) {
      var fields = fields(request);
      fields.put("code", code);
      log.say(level, "Call failed", fields);
    }
  }

  /// Something that went wrong and changes nothing of what becomes of the query.
  ///
  /// @param what a sentence without its stop
  public void passedOver(String query, String what, ErrorMessage error) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("query", query);
    addError(error, fields);
    log.say(LogLevel.WARN, what, fields);
  }

  /// Files that a statement could not remove, and that belong to no table.
  ///
  /// @param of what they were part of
  /// @param files how many
  /// @param among the names of some of them
  /// @param error why the first of them could not be removed
  public void remains(String query, String of, int files, List<String> among, ErrorMessage error) {
    Map<String, @Nullable Object> fields = fields("query", query);
    fields.put("of", of);
    fields.put("files", files);
    fields.put("among", among);
    addError(error, fields);
    log.say(LogLevel.WARN, "Files remain", fields);
  }

  // A message may quote what was read; code and class tell what happened.
  private void addError(@Nullable ErrorMessage error, Map<String, @Nullable Object> fields) {
    if (error != null) {
      fields.put("code", error.code());
      fields.put("class", error.errorClass());
      if (log.says(LogLevel.DEBUG)) {
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

  private static Map<String, @Nullable Object> trace(
      Map<String, @Nullable Object> fields, Throwable why) {
    fields.put("trace", Frames.of(why));
    return fields;
  }

  private static Map<String, @Nullable Object> fields(FragmentRequest request) {
    var fields = fields("query", request.query());
    fields.put("stage", request.stage());
    fields.put("task", request.task());
    fields.put("attempt", request.attempt());
    return fields;
  }

  private static Map<String, @Nullable Object> fields(String query, String name, String value) {
    var fields = fields("query", query);
    fields.put(name, value);
    return fields;
  }

  private static Map<String, @Nullable Object> fields(String name, @Nullable String value) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put(name, value);
    return fields;
  }
}
