package io.frazil.engine.store;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/// What the file system's exceptions mean to somebody who named a location.
final class LocalFailure {
  private LocalFailure() {}

  /// @param done what could not be done, as a participle: `read`
  static FrazilException of(String location, String done, IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    ErrorCode code =
        switch (e) {
          case NoSuchFileException _ -> ErrorCode.FILE_NOT_FOUND;
          case AccessDeniedException _ -> ErrorCode.PERMISSION_DENIED;
          case ClosedChannelException _ -> ErrorCode.CANCELLED;
          case IOException _ -> byReason(reason);
        };
    String message =
        switch (code) {
          case FILE_NOT_FOUND -> "'%s' does not exist".formatted(location);
          case PERMISSION_DENIED ->
              "'%s' cannot be %s: permission denied".formatted(location, done);
          case CANCELLED -> "'%s' was closed while it was %s".formatted(location, done);
          case DISK_FULL -> "'%s' cannot be %s: no space left".formatted(location, done);
          default ->
              "'%s' cannot be %s: %s"
                  .formatted(location, done, reason == null ? e.toString() : reason);
        };
    return new FrazilException(code, message, e);
  }

  /// A location that should be a file.
  static FrazilException directory(String location) {
    return new FrazilException(
        ErrorCode.FILE_NOT_FOUND, "'" + location + "' is a directory, not a file");
  }

  /// Closes on the way out of a failure, which stays the one that is reported.
  static void closeQuietly(@Nullable AutoCloseable resource, Exception failure) {
    if (resource != null) {
      try {
        resource.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }

  // The file system tells these apart only in its own words.
  private static ErrorCode byReason(@Nullable String reason) {
    if (reason == null) {
      return ErrorCode.STORE_UNAVAILABLE;
    }
    if (reason.startsWith("No space left") || reason.startsWith("Disk quota")) {
      return ErrorCode.DISK_FULL;
    }
    return reason.startsWith("Not a directory")
        ? ErrorCode.FILE_NOT_FOUND
        : ErrorCode.STORE_UNAVAILABLE;
  }
}
