package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/// Ctrl-C while a statement runs cancels it.
public final class Interrupts implements AutoCloseable {
  private final Console console;
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

  private Interrupts(Console console, Again again) {
    this.console = console;
    this.again = again;
    previous = Signals.register("INT", this::interrupt);
  }

  /// Listens until closed.
  ///
  /// @param console is told where what was interrupted cannot be cancelled
  public static Interrupts listen(Console console, Again again) {
    return new Interrupts(console, again);
  }

  /// What to do on Ctrl-C from now on; at once where it came already.
  public void cancelBy(Runnable action) {
    synchronized (this) {
      cancel = action;
      if (!interrupted) {
        return;
      }
    }
    action.run();
  }

  /// @throws FrazilException CANCELLED once Ctrl-C came
  public synchronized void check() {
    if (interrupted) {
      throw new FrazilException(ErrorCode.CANCELLED, "interrupted");
    }
  }

  /// Runs in a thread of each signal's own. To cancel may take as long as an endpoint is waited
  /// for, which must not keep the next signal.
  private void interrupt() {
    Runnable action;
    boolean first;
    synchronized (this) {
      first = !interrupted;
      interrupted = true;
      action = cancel;
    }
    if (!first) {
      again();
    } else if (action != null) {
      try {
        action.run();
      } catch (RuntimeException e) {
        new Failures(console).report(e, "");
      }
    }
  }

  private void again() {
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
