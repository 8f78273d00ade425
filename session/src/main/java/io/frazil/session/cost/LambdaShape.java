package io.frazil.session.cost;

import java.time.Duration;

/// The functions that a query would run on.
///
/// @param gbPerProcessor gigabytes of memory that a function needs to get one processor
/// @param workerGb memory of a worker
/// @param largeWorkerGb memory of a large one
/// @param coordinatorGb memory of the coordinator
/// @param bytesPerSecond how fast a worker reads from S3
/// @param taskBytes how much a task reads
/// @param taskOverhead of each task, besides its work: starting, decoding the request
public record LambdaShape(
    double gbPerProcessor,
    double workerGb,
    double largeWorkerGb,
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
          10,
          1769 / 1024.0,
          600e6,
          256L << 20,
          Duration.ofMillis(20));

  /// Lambda's own limit.
  public static final Duration LONGEST_RUN = Duration.ofMinutes(15);

  /// The same with functions of these sizes.
  public LambdaShape withMemory(double worker, double largeWorker, double coordinator) {
    return new LambdaShape(
        gbPerProcessor, worker, largeWorker, coordinator, bytesPerSecond, taskBytes, taskOverhead);
  }

  /// The disk that an attempt there is paid for, in gigabytes: a large worker has ten, of which
  /// half a one comes with each function.
  static double paidDiskGb(Place place) {
    return switch (place) {
      case HERE, WORKER, LEADER -> 0;
      case LARGE_WORKER -> 9.5;
    };
  }

  /// The coordinator's memory in megabytes.
  long coordinatorMegabytes() {
    return Math.round(coordinatorGb * 1024);
  }

  public double coordinatorProcessors() {
    return coordinatorGb / gbPerProcessor;
  }

  public double workerProcessors() {
    return workerGb / gbPerProcessor;
  }

  /// The memory that an attempt there is paid for; none where it is the coordinator's.
  double gb(Place place) {
    return switch (place) {
      case HERE -> 0;
      case WORKER -> workerGb;
      case LARGE_WORKER -> largeWorkerGb;
      case LEADER -> coordinatorGb;
    };
  }
}
