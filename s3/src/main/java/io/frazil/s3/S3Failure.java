package io.frazil.s3;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLHandshakeException;

/// What went wrong, in the words of somebody who named a location.
final class S3Failure {
  private S3Failure() {}

  /// @param done what could not be done, as a participle: `read`
  static FrazilException of(S3Location at, String done, IOException e) {
    return switch (e) {
      case S3Error error -> refused(at, done, error);
      case SocketTimeoutException _ -> unavailable(at, done, "no answer in time", e);
      case InterruptedIOException _ ->
          failure(ErrorCode.CANCELLED, "'%s' was closed while it was %s".formatted(at, done), e);
      case IOException _ -> unavailable(at, done, String.valueOf(e.getMessage()), e);
    };
  }

  /// Whether to try once more.
  static boolean passes(IOException e) {
    return switch (e) {
      case S3Error error -> error.passes();
      case SocketTimeoutException _ -> true;
      case InterruptedIOException _ -> false;
      case SSLHandshakeException _ -> false;
      case IOException _ -> true;
    };
  }

  private static FrazilException refused(S3Location at, String done, S3Error e) {
    if (e.passes()) {
      return unavailable(at, done, "S3 answers " + e.description(), e);
    }
    if (e.region().isPresent() && (e.status() == 301 || e.status() == 307 || e.status() == 400)) {
      return failure(
          ErrorCode.INVALID_ARGUMENT,
          "'%s' cannot be %s: its bucket is in the region %s; set AWS_REGION to it"
              .formatted(at, done, e.region().get()),
          e);
    }
    return switch (e.status()) {
      case 404 ->
          e.code().equals("NoSuchBucket")
              ? failure(
                  ErrorCode.FILE_NOT_FOUND,
                  "'%s' cannot be %s: there is no bucket '%s'".formatted(at, done, at.bucket()),
                  e)
              : failure(ErrorCode.FILE_NOT_FOUND, "'" + at + "' does not exist", e);
      case 401, 403 -> denied(at, done, e);
      case 412, 416 ->
          failure(ErrorCode.FILE_CHANGED, "'" + at + "' is no longer the version it was", e);
      case 400 ->
          e.code().equals("ExpiredToken") || e.code().equals("InvalidToken")
              ? denied(at, done, e)
              : unavailable(at, done, "S3 answers " + e.description(), e);
      default -> unavailable(at, done, "S3 answers " + e.description(), e);
    };
  }

  private static FrazilException denied(S3Location at, String done, S3Error e) {
    return failure(
        ErrorCode.PERMISSION_DENIED,
        "'%s' cannot be %s: permission denied (%s)".formatted(at, done, e.description()),
        e);
  }

  private static FrazilException unavailable(
      S3Location at, String done, String why, IOException e) {
    return failure(
        ErrorCode.STORE_UNAVAILABLE, "'%s' cannot be %s: %s".formatted(at, done, why), e);
  }

  private static FrazilException failure(ErrorCode code, String message, IOException e) {
    return new FrazilException(code, message, e);
  }
}
