package io.frazil.events.log;

/// What is counted over all queries; unit and name are CloudWatch's.
public enum Metric {
  QUERIES("Queries", "Count"),
  FAILURES("Failures", "Count"),
  DURATION("Duration", "Milliseconds"),
  BYTES_READ("BytesRead", "Bytes"),
  DOLLARS("Dollars", "None"),
  TASKS("Tasks", "Count"),
  RETRIES("Retries", "Count");

  private final String title;
  private final String unit;

  Metric(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }
}
