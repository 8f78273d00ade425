package io.frazil.session.statistics;

import java.time.Duration;
import java.util.List;

/// What one stage of a query did.
///
/// @param number of the stage; the last one gives the result
/// @param title what it is about: `scan lineitem`, `merge`
/// @param attempts how many runs of its tasks were started, at least one a task
/// @param elapsed from its first task's start to its last one's end
/// @param cpu of all its tasks together
/// @param rows that came out
/// @param bytesWritten how large its partials are; 0 where none was written
/// @param peakMemoryBytes the most that one of its tasks reserved
public record StageStatistics(
    int number,
    String title,
    int tasks,
    int attempts,
    Duration elapsed,
    Duration cpu,
    long rows,
    long bytesWritten,
    long peakMemoryBytes,
    List<ScanStatistics> scans,
    List<NodeStatistics> nodes) {
  public StageStatistics {
    scans = List.copyOf(scans);
    nodes = List.copyOf(nodes);
  }

  /// How much its scans read, in bytes of files.
  public long bytesRead() {
    return scans.stream().mapToLong(ScanStatistics::bytesRead).sum();
  }
}
