package io.frazil.session.cost;

import java.time.Duration;

/// The functions that a query would run on.
///
/// @param gbPerProcessor gigabytes of memory that a function needs to get one processor
/// @param workerGb memory of a worker
/// @param coordinatorGb memory of the coordinator
/// @param bytesPerSecond how fast a worker reads from S3
/// @param taskBytes how much a task reads
/// @param taskOverhead of each task, besides its work: starting, decoding the request
public record LambdaShape(
    double gbPerProcessor,
    double workerGb,
    double coordinatorGb,
    double bytesPerSecond,
    long taskBytes,
    Duration taskOverhead) {
  /// Two processors a worker, one for the coordinator; a task reads within a worker's network
  /// burst.
  public static final LambdaShape DEFAULT =
      new LambdaShape(
          1769 / 1024.0,
          2 * 1769 / 1024.0,
          1769 / 1024.0,
          600e6,
          256L << 20,
          Duration.ofMillis(20));

  double workerProcessors() {
    return workerGb / gbPerProcessor;
  }
}
