package io.frazil.engine.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Every error that Frazil raises on purpose: a stable [ErrorCode], a sentence for a person, and
/// where in the SQL text it happened, if it happened there.
///
/// The message stands alone (`line 1:8: Column 'x' cannot be resolved. Did you mean 'y'?`): it
/// names what and where, so that no stack trace is needed to act on it.
public final class FrazilException extends RuntimeException {
  private final ErrorCode code;
  private final @Nullable Position position;

  /// A place in SQL text.
  ///
  /// @param line from 1
  /// @param column from 1, in characters
  public record Position(int line, int column) {}

  public FrazilException(ErrorCode code, String message) {
    this(code, message, null, null);
  }

  public FrazilException(ErrorCode code, String message, @Nullable Throwable cause) {
    this(code, message, null, cause);
  }

  public FrazilException(
      ErrorCode code, String message, @Nullable Position position, @Nullable Throwable cause) {
    super(
        position == null
            ? message
            : "line %d:%d: %s".formatted(position.line(), position.column(), message),
        cause);
    this.code = code;
    this.position = position;
  }

  public ErrorCode code() {
    return code;
  }

  public ErrorClass errorClass() {
    return code.errorClass();
  }

  public Optional<Position> position() {
    return Optional.ofNullable(position);
  }

  /// The message, which a [FrazilException] always has.
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
