package io.frazil.cli;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/// Ctrl-C while a statement runs: the first cancels it, a second one ends the process at once.
public final class Interrupts implements AutoCloseable {
  private final Object previous;
  private @Nullable Runnable cancel;
  private boolean interrupted;

  private Interrupts() {
    previous = Signals.register("INT", this::interrupt);
  }

  /// Listens until closed.
  public static Interrupts listen() {
    return new Interrupts();
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
    if (interrupted) {
      Runtime.getRuntime().halt(ExitStatus.INTERRUPTED);
    }
    interrupted = true;
    if (cancel != null) {
      cancel.run();
    }
  }

  @Override
  public void close() {
    Signals.unregister("INT", previous);
  }
}
