package io.frazil.events.log;

/// How much a line matters, least first; the names are those of Lambda.
public enum LogLevel {
  DEBUG,
  INFO,
  WARN,
  ERROR;

  static LogLevel of(String name) {
    for (LogLevel level : values()) {
      if (level.name().equals(name)) {
        return level;
      }
    }
    return INFO;
  }
}
