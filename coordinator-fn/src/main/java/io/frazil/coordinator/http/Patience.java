package io.frazil.coordinator.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Waits no longer than it may for what knows no limit itself, such as planning.
final class Patience {
  private Patience() {}

  /// Does some work in a thread of its own, on which nobody depends once the time is over: it is
  /// not interrupted, as half of what it does may be written down already.
  ///
  /// @return what it gives, or empty where that is not known in time
  static <T> Optional<T> within(Duration time, Supplier<T> work) {
    var done = new CompletableFuture<T>();
    // A processor's own thread: planning would keep a virtual one's carrier from all others.
    Thread _ =
        Thread.ofPlatform()
            .daemon()
            .name("frazil-request")
            .start(() -> {
              try {
                done.complete(work.get());
              } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
              }
            });
    try {
      return Optional.of(done.get(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException known -> throw known;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException("work threw what it cannot", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
