package io.frazil.cli;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/// Ctrl-C while a statement runs cancels it.
public final class Interrupts implements AutoCloseable {
  private final Again again;
  private final Object previous;
  private @Nullable Runnable cancel;
  private boolean interrupted;

  /// What a second Ctrl-C does, when the first is still being obeyed.
  public enum Again {
    /// It ends the process: nobody loses anything but the statement.
    EXITS,
    /// Nothing: a shell outlives its statements.
    WAITS
  }

  private Interrupts(Again again) {
    this.again = again;
    previous = Signals.register("INT", this::interrupt);
  }

  /// Listens until closed.
  public static Interrupts listen(Again again) {
    return new Interrupts(again);
  }

  /// What to do on Ctrl-C from now on; at once where it came already.
  public synchronized void cancelBy(Runnable action) {
    cancel = action;
    if (interrupted) {
      action.run();
    }
  }

  /// @throws FrazilException CANCELLED once Ctrl-C came
  public synchronized void check() {
    if (interrupted) {
      throw new FrazilException(ErrorCode.CANCELLED, "interrupted");
    }
  }

  private synchronized void interrupt() {
    if (!interrupted) {
      interrupted = true;
      if (cancel != null) {
        cancel.run();
      }
      return;
    }
    switch (again) {
      // By a thread of its own, as exiting waits for hooks.
      case EXITS -> Thread.ofPlatform().daemon().start(() -> System.exit(ExitStatus.INTERRUPTED));
      case WAITS -> {}
    }
  }

  @Override
  public void close() {
    Signals.unregister("INT", previous);
  }
}
