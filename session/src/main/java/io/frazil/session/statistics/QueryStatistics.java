package io.frazil.session.statistics;

import java.time.Duration;
import java.util.List;

/// What a query did, as far as it has run; complete once its last batch was taken or it failed.
///
/// @param planning from the text to the stages
/// @param elapsed from the text to the last batch
/// @param rows of the result
public record QueryStatistics(
    Duration planning, Duration elapsed, long rows, List<StageStatistics> stages) {
  public QueryStatistics {
    stages = List.copyOf(stages);
  }

  public Duration cpu() {
    return stages.stream().map(StageStatistics::cpu).reduce(Duration.ZERO, Duration::plus);
  }

  /// The most memory that any task reserved, in bytes.
  public long peakMemoryBytes() {
    return stages.stream().mapToLong(StageStatistics::peakMemoryBytes).max().orElse(0);
  }

  /// How much was read, in bytes of files.
  public long bytesRead() {
    return stages.stream().mapToLong(StageStatistics::bytesRead).sum();
  }

  public List<ScanStatistics> scans() {
    return stages.stream().flatMap(s -> s.scans().stream()).toList();
  }
}
