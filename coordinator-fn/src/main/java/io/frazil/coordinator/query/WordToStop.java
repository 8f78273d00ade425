package io.frazil.coordinator.query;

import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.ControlWatch;
import io.frazil.events.QueryRequest;
import io.frazil.events.log.QueryLog;
import io.frazil.session.dispatch.ErrorMessages;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What stops a query that a coordinator has, from its lease on, while it is planned too: whoever
/// asked for it, its own limit, and the end of the coordinator's time where nobody goes on with it.
final class WordToStop implements AutoCloseable {
  /// How much of a coordinator's time is left when it stops a query: it tells the workers, and
  /// removes what was written.
  static final long MARGIN_MILLIS = 30_000;

  /// Of a coordinator that has little time, it is this part.
  private static final int MARGIN_PART = 4;

  private final Cancellation word = new Cancellation();
  private final Cancellation outside = new Cancellation();
  private final ControlWatch control;
  private final TimeLimit limit;
  private final TimeLimit end;
  private volatile BooleanSupplier goesOn = () -> false;

  /// @param interval how often it is looked whether the query was cancelled
  /// @param log told where that cannot be read
  /// @param remaining how long the coordinator may run, in milliseconds; [Long#MAX_VALUE] for ever
  WordToStop(
      QueryObjects objects,
      String id,
      Lease lease,
      QueryRequest request,
      Duration interval,
      QueryLog log,
      LongSupplier remaining) {
    var _ = outside.onStop(() -> word.stop(Objects.requireNonNull(outside.reason())));
    this.control =
        new ControlWatch(
            objects.store(),
            objects.control(id),
            interval,
            outside::cancel,
            e ->
                log.passedOver(
                    id,
                    "Whether the query was cancelled could not be read",
                    ErrorMessages.encode(e)));
    Long millisMax = request.millisMax();
    this.limit =
        TimeLimit.after(
            Math.max(0, lease.millisLeft(millisMax)),
            () -> outside.stop(Failure.tooLong(Objects.requireNonNull(millisMax))));
    this.end = TimeLimit.after(untilMargin(remaining.getAsLong()), this::endUnlessItGoesOn);
  }

  /// The word that stops the query.
  Cancellation word() {
    return word;
  }

  /// The query goes on elsewhere when the coordinator's time is over.
  ///
  /// @param so whether it does, asked when little of the time is left
  void goesOnWhere(BooleanSupplier so) {
    goesOn = so;
  }

  /// Does what hears no word itself, such as planning, in a thread of its own, which is left to
  /// itself once the query is stopped.
  ///
  /// @param mayBeLeft whether nothing is changed by it then
  /// @param late given what comes of it then
  /// @throws io.frazil.engine.error.FrazilException why the query is stopped
  <T> T unlessStopped(Supplier<T> work, BooleanSupplier mayBeLeft, Consumer<T> late) {
    var done = new CompletableFuture<T>();
    // A processor's own thread: planning would keep a virtual one's carrier from all others.
    Thread _ =
        Thread.ofPlatform()
            .daemon()
            .name("frazil-planning")
            .start(() -> {
              try {
                T given = work.get();
                if (!done.complete(given)) {
                  late.accept(given);
                }
              } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
              }
            });
    try (var _ =
        outside.onStop(() -> {
          if (mayBeLeft.getAsBoolean()) {
            done.completeExceptionally(Objects.requireNonNull(outside.reason()));
          }
        })) {
      return done.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException known -> throw known;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }

  @Override
  public void close() {
    control.close();
    limit.close();
    end.close();
  }

  private void endUnlessItGoesOn() {
    if (!goesOn.getAsBoolean()) {
      outside.stop(Failure.outOfTime());
    }
  }

  private static long untilMargin(long remainingMillis) {
    return remainingMillis == Long.MAX_VALUE
        ? remainingMillis
        : Math.max(0, remainingMillis - Math.min(MARGIN_MILLIS, remainingMillis / MARGIN_PART));
  }
}
