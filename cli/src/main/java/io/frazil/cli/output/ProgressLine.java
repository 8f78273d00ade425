package io.frazil.cli.output;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// One line on the terminal that says how far a long job is: it appears after a second, follows ten
/// times a second, and is gone when closed. Where standard error is no terminal there is none.
public final class ProgressLine implements AutoCloseable {
  private static final long APPEARS_AFTER_MS = 1_000;
  private static final long FOLLOWS_EVERY_MS = 100;
  private static final int BAR_WIDTH = 24;
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private final Console console;
  private final Supplier<Progress> progress;
  private final ScheduledExecutorService timer;
  private boolean shown;

  /// How far a job is.
  ///
  /// @param done from 0 to 1, or negative where nobody knows
  /// @param text what is going on
  public record Progress(double done, String text) {}

  private ProgressLine(Console console, Supplier<Progress> progress) {
    this.console = console;
    this.progress = progress;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("frazil-progress").factory());
  }

  /// Begins to follow a job.
  public static ProgressLine start(Console console, Supplier<Progress> progress) {
    var line = new ProgressLine(console, progress);
    if (console.errIsTerminal()) {
      var _ =
          line.timer.scheduleAtFixedRate(
              line::draw, APPEARS_AFTER_MS, FOLLOWS_EVERY_MS, TimeUnit.MILLISECONDS);
    }
    return line;
  }

  private synchronized void draw() {
    if (timer.isShutdown()) {
      return;
    }
    String line = line(progress.get());
    int room = Math.max(10, console.width() - 1);
    console.message("\r\u001b[K" + (line.length() > room ? line.substring(0, room) : line));
    shown = true;
  }

  static String line(Progress progress) {
    if (progress.done() < 0) {
      return "  … " + progress.text();
    }
    double done = Math.clamp(progress.done(), 0, 1);
    int eighths = (int) (done * BAR_WIDTH * 8);
    var bar = new StringBuilder("█".repeat(eighths / 8));
    if (bar.length() < BAR_WIDTH) {
      bar.append(EIGHTHS.charAt(eighths % 8));
    }
    bar.append(" ".repeat(BAR_WIDTH - bar.length()));
    return "%3d%% ▕%s▏ %s".formatted((int) (done * 100), bar, progress.text());
  }

  @Override
  public void close() {
    timer.shutdownNow();
    synchronized (this) {
      if (shown) {
        console.message("\r\u001b[K");
        shown = false;
      }
    }
  }
}
