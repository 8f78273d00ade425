package io.frazil.cli.serve;

/// What clients may hold of a server, which the JDK's bounds only where properties say so that it
/// reads once in a process: without them, whoever opens connections and sends nothing, or half a
/// request, holds them for ever, token or not.
public final class ConnectionLimits {
  /// For a request's head and body, not for the answer: 20 s for 4 MB, at most.
  ///
  /// In seconds, though the JDK's documentation says milliseconds.
  private static final int REQUEST_SECONDS = 20;

  /// Each may have a request that waits for its query.
  private static final int CONNECTIONS = 1_000;

  private ConnectionLimits() {}

  /// Sets them for the process, but for those that its own command line sets. Comes before its
  /// first server.
  public static void apply() {
    set("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
    set("jdk.httpserver.maxConnections", CONNECTIONS);
  }

  private static void set(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }
}
