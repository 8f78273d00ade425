package io.frazil.events.log;

/// What is counted over all queries; unit and name are CloudWatch's.
public enum Metric {
  QUERIES("Queries", "Count"),
  FAILURES("Failures", "Count"),
  DURATION("Duration", "Milliseconds"),
  BYTES_READ("BytesRead", "Bytes"),
  DOLLARS("Dollars", "None"),
  TASKS("Tasks", "Count"),
  RETRIES("Retries", "Count"),
  /// Invocations that failed in order to tell how a task ended.
  ERRORS_TOLD("ErrorsTold", "Count");

  private final String title;
  private final String unit;

  Metric(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /// Its name in CloudWatch, where alarms look for it.
  public String title() {
    return title;
  }

  String unit() {
    return unit;
  }
}
