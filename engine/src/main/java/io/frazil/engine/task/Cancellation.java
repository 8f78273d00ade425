package io.frazil.engine.task;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The word to stop. Drivers ask at every batch; what waits registers a hook. The first reason
/// given is the one that counts. Safe for use by many threads.
public final class Cancellation {
  private final AtomicReference<@Nullable FrazilException> reason = new AtomicReference<>();
  private final List<Runnable> hooks = new CopyOnWriteArrayList<>();

  /// Stops because somebody asked.
  public void cancel() {
    stop(new FrazilException(ErrorCode.CANCELLED, "The query was cancelled"));
  }

  /// Stops because of a failure.
  public void stop(FrazilException why) {
    if (reason.compareAndSet(null, why)) {
      hooks.forEach(Runnable::run);
    }
  }

  /// Why to stop, or null to go on.
  public @Nullable FrazilException reason() {
    return reason.get();
  }

  public boolean isStopped() {
    return reason.get() != null;
  }

  /// @throws FrazilException the reason to stop, if there is one
  public void check() {
    FrazilException why = reason.get();
    if (why != null) {
      throw why;
    }
  }

  /// Runs `hook` on stopping: at once where that was before. Closing the handle takes it back.
  public Hook onStop(Runnable hook) {
    hooks.add(hook);
    if (isStopped()) {
      hook.run();
    }
    return () -> hooks.remove(hook);
  }

  /// What [#onStop] gives back.
  public interface Hook extends AutoCloseable {
    @Override
    void close();
  }
}
