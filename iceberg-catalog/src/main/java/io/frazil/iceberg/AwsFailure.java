package io.frazil.iceberg;

import io.frazil.engine.error.ErrorCode;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What one of Amazon's services refuses, in our terms. Its word for it decides: Glue answers
/// almost everything with status 400, what a policy forbids and what passes too.
final class AwsFailure {
  /// Besides all that begin with [#DENIED].
  private static final Set<String> REFUSED =
      Set.of(
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "IncompleteSignature",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException");

  private static final String DENIED = "AccessDenied";

  /// Besides what the SDK knows to be throttling. Credentials that have expired are fetched anew.
  private static final Set<String> PASSING =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "RequestExpired",
          "RequestTimeout",
          "RequestTimeoutException",
          "OperationTimeoutException",
          "FederationSourceRetryableException");

  private AwsFailure() {}

  static ErrorCode code(AwsServiceException failure) {
    String word = word(failure);
    int status = failure.statusCode();
    if (failure.isThrottlingException() || PASSING.contains(word)) {
      return ErrorCode.STORE_UNAVAILABLE;
    }
    if (word.startsWith(DENIED) || REFUSED.contains(word)) {
      return ErrorCode.PERMISSION_DENIED;
    }
    return switch (word) {
      // What reaches us as such was said of a database: Iceberg has its own word for tables.
      case "EntityNotFoundException" -> ErrorCode.SCHEMA_NOT_FOUND;
      case "AlreadyExistsException" -> ErrorCode.ALREADY_EXISTS;
      case "ConcurrentModificationException" -> ErrorCode.CONFLICT;
      default -> code(status);
    };
  }

  private static ErrorCode code(int status) {
    return status == 401 || status == 403
        ? ErrorCode.PERMISSION_DENIED
        : status / 100 == 4 ? ErrorCode.INVALID_ARGUMENT : ErrorCode.STORE_UNAVAILABLE;
  }

  private static String word(AwsServiceException failure) {
    AwsErrorDetails details = failure.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }
}
