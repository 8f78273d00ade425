package io.frazil.coordinator.http;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.ErrorMessage;
import io.frazil.events.HttpAnswer;
import io.frazil.events.Problem;
import io.frazil.session.dispatch.ErrorMessages;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Errors as HTTP has them.
final class Problems {
  private static final String CONTENT_TYPE = "application/problem+json";

  private static final int FAILED = 422;

  /// What may be sent again.
  private static final int UNAVAILABLE = 503;

  private Problems() {}

  /// @param query the query that failed; null where the request itself is the problem
  static HttpAnswer of(FrazilException error, @Nullable String query) {
    int status = status(error.code());
    var headers = new HashMap<String, String>();
    if (status == UNAVAILABLE) {
      headers.put("retry-after", "1");
    }
    if (query != null) {
      headers.put("location", "/v1/queries/" + query);
    }
    return of(status, ErrorMessages.encode(error), query, headers);
  }

  /// Of a query that failed or was cancelled. That is final, though what it failed by may have
  /// passed: sending the request again gives the same, or runs a statement twice that writes.
  static HttpAnswer ofEnded(String query, ErrorMessage error) {
    int status = status(ErrorMessages.decode(error).code());
    return of(
        status == UNAVAILABLE ? FAILED : status,
        error,
        query,
        Map.of("location", "/v1/queries/" + query));
  }

  static HttpAnswer of(
      int status, ErrorMessage error, @Nullable String query, Map<String, String> headers) {
    var problem =
        new Problem(
            "about:blank",
            title(status),
            status,
            error.message(),
            error.code(),
            error.position(),
            query);
    return HttpAnswers.of(status, CONTENT_TYPE, headers, problem);
  }

  private static int status(ErrorCode code) {
    return switch (code) {
      case QUERY_NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case PERMISSION_DENIED -> 403;
      case SYNTAX_ERROR,
          COLUMN_NOT_FOUND,
          TABLE_NOT_FOUND,
          SCHEMA_NOT_FOUND,
          FUNCTION_NOT_FOUND,
          ALREADY_EXISTS,
          AMBIGUOUS_NAME,
          TYPE_MISMATCH,
          INVALID_LITERAL,
          INVALID_ARGUMENT,
          INVALID_QUERY,
          NOT_SUPPORTED,
          FILE_NOT_FOUND,
          INVALID_MESSAGE,
          VERSION_MISMATCH ->
          400;
      case NUMERIC_OVERFLOW,
          DIVISION_BY_ZERO,
          INVALID_CAST,
          SUBQUERY_ROWS,
          FILE_CORRUPT,
          FILE_CHANGED,
          MEMORY_LIMIT,
          TIME_LIMIT,
          BUDGET_EXCEEDED,
          DISK_FULL ->
          FAILED;
      case CANCELLED -> 409;
      case STORE_UNAVAILABLE, ATTEMPT_LOST, THROTTLED -> UNAVAILABLE;
      case WORKER_DIED, INTERNAL -> 500;
    };
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case FAILED -> "Unprocessable Content";
      case UNAVAILABLE -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }
}
