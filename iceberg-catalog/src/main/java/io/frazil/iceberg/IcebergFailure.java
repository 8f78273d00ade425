package io.frazil.iceberg;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/// Iceberg's exceptions as ours.
public final class IcebergFailure {
  private IcebergFailure() {}

  /// Runs what calls Iceberg, and raises its failures as [FrazilException].
  public static <T> T translating(Supplier<T> action) {
    try {
      return action.get();
    } catch (RuntimeException e) {
      throw of(e);
    }
  }

  public static void translating(Runnable action) {
    translating(() -> {
      action.run();
      return true;
    });
  }

  /// What went wrong, in our terms: a failure of ours that Iceberg wrapped is itself again.
  public static FrazilException of(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FrazilException ours) {
        return ours;
      }
    }
    return new FrazilException(code(failure), String.valueOf(failure.getMessage()), failure);
  }

  private static ErrorCode code(RuntimeException failure) {
    return switch (failure) {
      case NoSuchTableException _ -> ErrorCode.TABLE_NOT_FOUND;
      case NoSuchNamespaceException _ -> ErrorCode.SCHEMA_NOT_FOUND;
      case AlreadyExistsException _ -> ErrorCode.ALREADY_EXISTS;
      case NamespaceNotEmptyException _, CommitFailedException _ -> ErrorCode.CONFLICT;
      case NotFoundException _ -> ErrorCode.FILE_NOT_FOUND;
      case ValidationException _ -> ErrorCode.INVALID_ARGUMENT;
      case ForbiddenException _, NotAuthorizedException _ -> ErrorCode.PERMISSION_DENIED;
      case CommitStateUnknownException _,
          UncheckedSQLException _,
          RuntimeIOException _,
          ServiceFailureException _,
          ServiceUnavailableException _ ->
          ErrorCode.STORE_UNAVAILABLE;
      case SdkServiceException e when isRefused(e) -> ErrorCode.PERMISSION_DENIED;
      case SdkException _ -> ErrorCode.STORE_UNAVAILABLE;
      default -> ErrorCode.INTERNAL;
    };
  }

  private static boolean isRefused(SdkServiceException failure) {
    String message = String.valueOf(failure.getMessage());
    return failure.statusCode() == 403 || message.contains("AccessDenied");
  }
}
