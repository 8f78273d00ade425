package io.frazil.coordinator.query;

import io.frazil.engine.error.ErrorClass;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.log.QueryLog;
import io.frazil.session.StatementLimits;
import io.frazil.session.dispatch.ErrorMessages;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How queries fail, and whatever else coordinators are asked for.
public final class Failure {
  static final ErrorMessage CANCELLED =
      ErrorMessages.encode(new FrazilException(ErrorCode.CANCELLED, "The query was cancelled"));

  /// The first coordinator may or may not have committed what it wrote.
  static final ErrorMessage LOST_WHILE_WRITING =
      ErrorMessages.encode(
          new FrazilException(
              ErrorCode.ATTEMPT_LOST,
              "The coordinator was lost while the statement ran: look whether it took effect before"
                  + " sending it again"));

  /// Whoever goes on with the query is lost too, as it seems.
  static final ErrorMessage LOST_TOO_OFTEN =
      ErrorMessages.encode(
          new FrazilException(
              ErrorCode.WORKER_DIED,
              "The coordinators that worked for the query were lost, one after the other, so no"
                  + " other is sent: one has too little memory for it, or is too slow"));

  private Failure() {}

  /// A query that runs longer than its request allows.
  static FrazilException tooLong(long millisMax) {
    return StatementLimits.tooLong(Duration.ofMillis(millisMax));
  }

  /// A query that is stopped while its coordinator has the time to say so.
  static FrazilException outOfTime() {
    return new FrazilException(
        ErrorCode.TIME_LIMIT,
        "The query takes longer than its coordinator may run, and no other could go on with it");
  }

  /// What a coordinator answers whose time is over.
  static ErrorMessage goesOn(String id) {
    return ErrorMessages.encode(
        new FrazilException(
            ErrorCode.TIME_LIMIT,
            "Query %s takes longer than this answer may: it goes on, ask for its state"
                .formatted(id)));
  }

  static Optional<FrazilException> of(@Nullable ErrorMessage error) {
    return Optional.ofNullable(error).map(ErrorMessages::decode);
  }

  /// The phase that a query is in which failed like this.
  static Phase phase(ErrorMessage error) {
    return error.code().equals(ErrorCode.CANCELLED.name()) ? Phase.CANCELLED : Phase.FAILED;
  }

  /// How a query ends in which this was thrown. Where that is our own fault, the log tells where it
  /// was.
  static ErrorMessage message(String id, Throwable e, QueryLog log) {
    ErrorMessage message = message(e);
    if (message.errorClass().equals(ErrorClass.INTERNAL.name())) {
      log.broke(id, e);
    }
    return message;
  }

  private static ErrorMessage message(Throwable e) {
    return ErrorMessages.encode(exception(e));
  }

  /// Whatever was thrown, as the one exception family.
  public static FrazilException exception(Throwable thrown) {
    return switch (thrown) {
      case FrazilException known -> known;
      case OutOfMemoryError full ->
          new FrazilException(
              ErrorCode.MEMORY_LIMIT,
              "The coordinator's heap of %d MiB is full: give it more memory, or ask for less"
                  .formatted(Runtime.getRuntime().maxMemory() >> 20),
              full);
      default ->
          new FrazilException(
              ErrorCode.INTERNAL, "Internal error in the coordinator: " + thrown, thrown);
    };
  }
}
