package io.frazil.engine.error;

/// The stable codes of everything that can go wrong. Names are part of the public contract: they
/// appear in messages of the wire and are never reused for something else.
public enum ErrorCode {
  SYNTAX_ERROR(ErrorClass.USER),
  COLUMN_NOT_FOUND(ErrorClass.USER),
  TABLE_NOT_FOUND(ErrorClass.USER),
  SCHEMA_NOT_FOUND(ErrorClass.USER),
  FUNCTION_NOT_FOUND(ErrorClass.USER),
  ALREADY_EXISTS(ErrorClass.USER),
  AMBIGUOUS_NAME(ErrorClass.USER),
  TYPE_MISMATCH(ErrorClass.USER),
  INVALID_LITERAL(ErrorClass.USER),
  INVALID_ARGUMENT(ErrorClass.USER),
  INVALID_QUERY(ErrorClass.USER),
  NOT_SUPPORTED(ErrorClass.USER),
  FILE_NOT_FOUND(ErrorClass.USER),
  PERMISSION_DENIED(ErrorClass.USER),
  CONFLICT(ErrorClass.USER),
  INVALID_MESSAGE(ErrorClass.USER),
  VERSION_MISMATCH(ErrorClass.USER),
  QUERY_NOT_FOUND(ErrorClass.USER),

  NUMERIC_OVERFLOW(ErrorClass.DATA),
  DIVISION_BY_ZERO(ErrorClass.DATA),
  INVALID_CAST(ErrorClass.DATA),
  SUBQUERY_ROWS(ErrorClass.DATA),
  FILE_CORRUPT(ErrorClass.DATA),
  FILE_CHANGED(ErrorClass.DATA),

  MEMORY_LIMIT(ErrorClass.RESOURCE),
  TIME_LIMIT(ErrorClass.RESOURCE),
  BUDGET_EXCEEDED(ErrorClass.RESOURCE),
  DISK_FULL(ErrorClass.RESOURCE),

  STORE_UNAVAILABLE(ErrorClass.TRANSIENT),
  ATTEMPT_LOST(ErrorClass.TRANSIENT),
  /// There is no room for another worker now.
  THROTTLED(ErrorClass.TRANSIENT),

  CANCELLED(ErrorClass.CANCELLED),

  /// A worker ended without an answer, of which memory and time were not the reason; or one
  /// coordinator after the other did.
  WORKER_DIED(ErrorClass.INTERNAL),
  INTERNAL(ErrorClass.INTERNAL);

  private final ErrorClass errorClass;

  ErrorCode(ErrorClass errorClass) {
    this.errorClass = errorClass;
  }

  public ErrorClass errorClass() {
    return errorClass;
  }
}
