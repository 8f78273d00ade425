package io.frazil.coordinator.fanout;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/// Why a function could not be called, in words that say whether another try may do.
final class CallFailure {
  /// Too little of something that comes back: concurrency, network interfaces, addresses.
  private static final Set<String> NO_ROOM =
      Set.of(
          "TooManyRequestsException",
          "EC2ThrottledException",
          "ENILimitReachedException",
          "SubnetIPAddressLimitReachedException",
          "ThrottlingException",
          "ServiceQuotaExceededException");

  /// The version is being made ready, which takes minutes: its snapshot is made anew, as one that
  /// was not used for long or is as old as its execution environment may be has to be. Nothing ran.
  private static final Set<String> NOT_READY =
      Set.of(
          "SnapStartNotReadyException", "ResourceNotReadyException", "ResourceConflictException");

  /// Another try may find it quicker.
  private static final String SLOW = "SnapStartTimeoutException";

  private static final Set<String> TOO_LARGE =
      Set.of("RequestTooLargeException", "SerializedRequestEntityTooLargeException");

  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY = 429;

  private CallFailure() {}

  static FrazilException of(String function, SdkException error) {
    if (!(error instanceof LambdaException lambda)) {
      // The network's, or the answer was cut short: nobody knows whether the function ran.
      return failure(ErrorCode.ATTEMPT_LOST, function, "could not be reached", error);
    }
    AwsErrorDetails details = lambda.awsErrorDetails();
    String name = details == null || details.errorCode() == null ? "" : details.errorCode();
    if (NO_ROOM.contains(name) || lambda.statusCode() == TOO_MANY) {
      return failure(ErrorCode.THROTTLED, function, "has no room", error);
    }
    if (NOT_READY.contains(name)) {
      return failure(ErrorCode.THROTTLED, function, "is not ready yet", error);
    }
    if (name.equals(SLOW) || lambda.statusCode() >= 500) {
      return failure(ErrorCode.ATTEMPT_LOST, function, "could not be called", error);
    }
    if (name.startsWith("SnapStart")) {
      return failure(ErrorCode.WORKER_DIED, function, "does not come out of its snapshot", error);
    }
    if (TOO_LARGE.contains(name)) {
      return failure(ErrorCode.INVALID_MESSAGE, function, "takes no message so large", error);
    }
    if (name.equals("ResourceNotFoundException")) {
      return failure(ErrorCode.VERSION_MISMATCH, function, "is not deployed", error);
    }
    return lambda.statusCode() == FORBIDDEN
        ? failure(ErrorCode.PERMISSION_DENIED, function, "may not be called", error)
        : failure(ErrorCode.INTERNAL, function, "cannot be called", error);
  }

  private static FrazilException failure(
      ErrorCode code, String function, String what, SdkException error) {
    return new FrazilException(
        code, "Function '%s' %s: %s".formatted(function, what, error.getMessage()), error);
  }
}
