package io.frazil.session.dispatch;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.ErrorMessage;
import java.util.Arrays;

/// Errors on their way through the wire and back.
public final class ErrorMessages {
  private ErrorMessages() {}

  public static ErrorMessage encode(FrazilException error) {
    return new ErrorMessage(
        error.code().name(),
        error.errorClass().name(),
        error.getMessage(),
        error.position().map(at -> new ErrorMessage.Position(at.line(), at.column())).orElse(null));
  }

  /// The error that was encoded. A code that only a newer version knows is an internal error here.
  public static FrazilException decode(ErrorMessage message) {
    ErrorCode code =
        Arrays.stream(ErrorCode.values())
            .filter(c -> c.name().equals(message.code()))
            .findFirst()
            .orElse(ErrorCode.INTERNAL);
    ErrorMessage.Position at = message.position();
    if (at == null) {
      return new FrazilException(code, message.message());
    }
    String prefix = "line %d:%d: ".formatted(at.line(), at.column());
    String text = message.message();
    return new FrazilException(
        code,
        text.startsWith(prefix) ? text.substring(prefix.length()) : text,
        new FrazilException.Position(at.line(), at.column()),
        null);
  }
}
