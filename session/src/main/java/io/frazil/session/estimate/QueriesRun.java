package io.frazil.session.estimate;

import java.util.concurrent.atomic.AtomicLong;

/// How many queries this process has run, by which its JVM is still compiling or has compiled what
/// they need: it is the process that is young, and not a session.
public final class QueriesRun {
  private static final AtomicLong COUNT = new AtomicLong();

  private QueriesRun() {}

  /// Another one begins.
  public static void add() {
    COUNT.incrementAndGet();
  }

  public static long count() {
    return COUNT.get();
  }
}
