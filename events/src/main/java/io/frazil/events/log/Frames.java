package io.frazil.events.log;

import java.util.ArrayList;
import java.util.List;

/// Where something was thrown: classes, methods and lines, and the same of what caused it. Never a
/// message, which may quote what a parameter or a row holds.
final class Frames {
  /// Of one error: beyond these are threads and runtimes.
  private static final int FRAMES_MAX = 20;

  /// How many errors of a chain, which may be a circle.
  private static final int ERRORS_MAX = 5;

  private Frames() {}

  static List<String> of(Throwable thrown) {
    var lines = new ArrayList<String>();
    Throwable error = thrown;
    for (int i = 0; i < ERRORS_MAX && error != null; i++) {
      lines.add((i == 0 ? "" : "caused by ") + error.getClass().getName());
      StackTraceElement[] frames = error.getStackTrace();
      for (int j = 0; j < Math.min(FRAMES_MAX, frames.length); j++) {
        lines.add("at " + frames[j]);
      }
      if (frames.length > FRAMES_MAX) {
        lines.add("and %d more".formatted(frames.length - FRAMES_MAX));
      }
      error = error.getCause();
    }
    return lines;
  }
}
