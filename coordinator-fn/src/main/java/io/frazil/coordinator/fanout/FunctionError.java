package io.frazil.coordinator.fanout;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.Json;
import io.frazil.events.MessageException;
import io.frazil.json.Lenient;
import org.jspecify.annotations.Nullable;

/// What Lambda answers for a function that failed: `{"errorType": ..., "errorMessage": ...}`, and a
/// stack trace, which goes no further.
@Lenient
record FunctionError(@Nullable String errorType, @Nullable String errorMessage) {
  /// By what JVMs end with `-XX:+ExitOnOutOfMemoryError`.
  private static final String OUT_OF_MEMORY_STATUS = "exit status 3";

  /// By what Lambda ends a process that holds more memory than its function has.
  private static final String KILLED = "signal: killed";

  static FunctionError read(byte[] payload) {
    try {
      return Json.decode(payload, FunctionError.class);
    } catch (MessageException e) {
      return new FunctionError(null, null);
    }
  }

  FrazilException failure(String function) {
    String type = errorType == null ? "" : errorType;
    String message = errorMessage == null ? "" : errorMessage;
    boolean outOfMemory =
        type.equals("Runtime.OutOfMemory")
            || type.endsWith("OutOfMemoryError")
            || (type.equals("Runtime.ExitError")
                && (message.contains(KILLED) || message.contains(OUT_OF_MEMORY_STATUS)));
    if (outOfMemory) {
      return failure(ErrorCode.MEMORY_LIMIT, function, "ran out of memory", message);
    }
    if (type.endsWith(".InvalidMessage")) {
      return failure(ErrorCode.INVALID_MESSAGE, function, "refused its message", message);
    }
    if (type.equals("Function.ResponseSizeTooLarge")) {
      return failure(ErrorCode.INTERNAL, function, "gave more than Lambda hands on", message);
    }
    // A function says itself that its time is over, before it is. One that was cut hung.
    String what =
        type.equals("Sandbox.Timedout") || message.contains("Task timed out")
            ? "hung until its time was over"
            : "ended without an answer";
    return failure(ErrorCode.WORKER_DIED, function, what, type + ": " + message);
  }

  private static FrazilException failure(
      ErrorCode code, String function, String what, String detail) {
    return new FrazilException(code, "Function '%s' %s: %s".formatted(function, what, detail));
  }
}
