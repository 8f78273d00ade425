package io.frazil.iceberg;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchWarehouseException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

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
    return ours(failure)
        .orElseGet(() -> new FrazilException(code(failure), message(failure), failure));
  }

  /// Whether a commit that failed like this certainly did not happen, so that what it would have
  /// made part of the table may be removed. Of all others nobody knows: the answer may have been
  /// lost of a server that committed, and even that a table is there already may be the answer to
  /// the same commit, sent again. A store fails before a catalog is asked.
  public static boolean isClean(RuntimeException failure) {
    return switch (failure) {
      case CommitStateUnknownException _ -> false;
      case RuntimeException e when e instanceof CleanableFailure -> true;
      default -> ours(failure).isPresent();
    };
  }

  /// What went wrong with a commit. Of one that may have happened, that is what is told, as the
  /// statement is not to be repeated before somebody has looked.
  public static FrazilException ofCommit(RuntimeException failure) {
    if (isClean(failure) || failure instanceof AlreadyExistsException) {
      return of(failure);
    }
    // Iceberg's own exception speaks at length of files.
    String why =
        failure instanceof CommitStateUnknownException && failure.getCause() != null
            ? String.valueOf(failure.getCause().getMessage())
            : message(failure);
    return new FrazilException(
        ErrorCode.STORE_UNAVAILABLE,
        "It is not known whether the commit happened, look whether the statement took effect"
            + " before sending it again: "
            + why,
        failure);
  }

  private static Optional<FrazilException> ours(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FrazilException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /// Of a request that broke off, Iceberg says no more than that it did.
  private static String message(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof RESTException && failure.getCause() instanceof IOException cause
        ? message + ": " + cause.getMessage()
        : message;
  }

  private static ErrorCode code(RuntimeException failure) {
    return switch (failure) {
      case NoSuchTableException _ -> ErrorCode.TABLE_NOT_FOUND;
      case NoSuchNamespaceException _ -> ErrorCode.SCHEMA_NOT_FOUND;
      case AlreadyExistsException _ -> ErrorCode.ALREADY_EXISTS;
      case NamespaceNotEmptyException _, CommitFailedException _ -> ErrorCode.CONFLICT;
      case NotFoundException _ -> ErrorCode.FILE_NOT_FOUND;
      case ValidationException _, BadRequestException _, NoSuchWarehouseException _ ->
          ErrorCode.INVALID_ARGUMENT;
      case ForbiddenException _, NotAuthorizedException _ -> ErrorCode.PERMISSION_DENIED;
      case AwsServiceException e -> AwsFailure.code(e);
      case CommitStateUnknownException _,
          UncheckedSQLException _,
          RuntimeIOException _,
          RESTException _,
          SdkException _ ->
          ErrorCode.STORE_UNAVAILABLE;
      default -> ErrorCode.INTERNAL;
    };
  }
}
