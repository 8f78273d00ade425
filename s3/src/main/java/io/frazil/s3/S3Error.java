package io.frazil.s3;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// An answer that says no.
final class S3Error extends IOException {
  /// What S3 calls troubles that pass, whatever their status.
  private static final Set<String> PASSING =
      Set.of(
          "RequestTimeout",
          "RequestTimeTooSkewed",
          "ConditionalRequestConflict",
          "OperationAborted",
          "SlowDown",
          "Throttling",
          "ThrottlingException",
          "TooManyRequests",
          "InternalError",
          "ServiceUnavailable",
          // What came to S3 is not what was sent.
          "BadDigest",
          "IncompleteBody",
          "KMS.ThrottlingException",
          "KMS.DependencyTimeoutException",
          "KMS.KeyUnavailableException",
          "KMS.KMSInternalException");

  private final int status;
  private final String code;
  private final Optional<String> region;

  /// @param code S3's own word for it, or empty
  /// @param region where the bucket is, if the answer says so
  S3Error(int status, String code, String message, Optional<String> region) {
    super(message);
    this.status = status;
    this.code = code;
    this.region = region;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  Optional<String> region() {
    return region;
  }

  /// Whether the same request may succeed soon.
  boolean passes() {
    return status >= 500 || status == 429 || PASSING.contains(code);
  }

  /// `503 SlowDown: Please reduce your request rate`.
  String description() {
    String message = String.valueOf(getMessage());
    String known = code.isEmpty() ? String.valueOf(status) : status + " " + code;
    return message.isEmpty() ? known : known + ": " + message;
  }
}
