package io.frazil.engine.exec;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;

/// Whatever was thrown while running, as the one exception family.
final class Failure {
  private Failure() {}

  /// @param where what ran: `filter 3`
  static FrazilException of(Throwable thrown, String where) {
    return switch (thrown) {
      case FrazilException known -> known;
      case OutOfMemoryError e ->
          new FrazilException(
              ErrorCode.MEMORY_LIMIT,
              where + " needs more memory than the JVM has; lower --memory or give it more heap",
              e);
      case StackOverflowError e ->
          new FrazilException(
              ErrorCode.NOT_SUPPORTED,
              where + " nests its expressions too deeply: split them over several subqueries",
              e);
      default ->
          new FrazilException(
              ErrorCode.INTERNAL, "Internal error in " + where + ": " + thrown, thrown);
    };
  }
}
