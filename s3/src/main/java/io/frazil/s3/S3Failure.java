package io.frazil.s3;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// What went wrong, in the words of somebody who named a location.
final class S3Failure {
  /// Credentials that are no good, and by the prefix `KMS.` keys that are disabled, to be deleted
  /// or gone.
  private static final Set<String> DENIALS =
      Set.of("ExpiredToken", "InvalidToken", "TokenRefreshRequired");

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
      case SSLHandshakeException _ -> isOfItsConnection(e);
      case SSLPeerUnverifiedException _ -> false;
      case IOException _ -> true;
    };
  }

  /// Whether a handshake came to nothing because its connection ended, which the next may not. What
  /// is wrong with a certificate, or with what the two sides ask for, stays wrong.
  private static boolean isOfItsConnection(IOException handshake) {
    for (Throwable why = handshake.getCause(); why != null; why = why.getCause()) {
      switch (why) {
        case GeneralSecurityException _ -> {
          return false;
        }
        case EOFException _, SocketException _, SocketTimeoutException _ -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
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
      case 400 -> named(at, done, e);
      // What was the matter is over by the next time.
      case 408, 409 -> unavailable(at, done, "S3 answers " + e.description(), e);
      default ->
          e.status() > 400
              ? wrong(at, done, e)
              : unavailable(at, done, "S3 answers " + e.description(), e);
    };
  }

  private static FrazilException named(S3Location at, String done, S3Error e) {
    if (e.code().isEmpty()) {
      return unavailable(at, done, "S3 answers " + e.description(), e);
    }
    return DENIALS.contains(e.code()) || e.code().startsWith("KMS.")
        ? denied(at, done, e)
        : wrong(at, done, e);
  }

  /// A request that S3 will not take the next time either.
  private static FrazilException wrong(S3Location at, String done, S3Error e) {
    return failure(
        ErrorCode.INVALID_ARGUMENT,
        "'%s' cannot be %s: S3 answers %s".formatted(at, done, e.description()),
        e);
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
