package io.frazil.session.cost;

import java.util.List;

/// What a query is predicted to take: known before it runs, from what its tables' metadata tell.
///
/// @param region whose prices
/// @param priced the day the prices are of, as `2026-01-31`
/// @param seconds from the text to the last row
/// @param bytes to be read of files
public record Estimate(
    String region,
    String priced,
    Interval seconds,
    Interval bytes,
    Interval dollars,
    List<StageEstimate> stages) {
  /// Of what is done when it is known to be a statement.
  public static final Estimate NONE =
      new Estimate("", "", Interval.ZERO, Interval.ZERO, Interval.ZERO, List.of());

  public Estimate {
    stages = List.copyOf(stages);
  }

  /// What one stage is predicted to take.
  ///
  /// @param seconds from its first task's start to its last one's end
  /// @param dollars of all its tasks, first attempts only
  public record StageEstimate(
      int number, String title, int tasks, Interval seconds, Interval bytes, Interval dollars) {}
}
