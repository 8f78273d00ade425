package io.frazil.session.journal;

import io.frazil.engine.plan.Split;
import io.frazil.engine.plan.Stage;
import io.frazil.engine.type.Schema;
import io.frazil.session.cost.Estimate;
import io.frazil.session.scan.ScanInputs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a query's stages are, whoever runs them: made once, and the same for each process that goes
/// on with the query. How stages are divided into tasks follows from this and from what the stages
/// before them gave.
///
/// @param schema the names and types of the result
/// @param stages each behind those that it reads from; the last one gives the result
/// @param workers how many the query was planned for
/// @param taskBytesMin how much, not compressed, is worth a task of its own, in bytes
/// @param estimate what the query was predicted to take
public record StagePlan(
    Schema schema,
    List<Stage> stages,
    ScanInputs scans,
    int workers,
    long taskBytesMin,
    Estimate estimate) {
  /// What a worker does in about the time that it takes to start one.
  public static final long TASK_BYTES_MIN = 4L << 20;

  /// Nothing that a query does takes longer than a day, whatever is predicted.
  private static final double SECONDS_MAX = 86_400;

  public StagePlan {
    stages = List.copyOf(stages);
  }

  /// What some stages were predicted to cost together at the least; 0 where nothing was predicted.
  public double leastDollars(List<Integer> numbers) {
    List<Estimate.StageEstimate> predicted = estimate.stages();
    return numbers.stream()
        .filter(number -> number < predicted.size())
        .mapToDouble(number -> predicted.get(number).dollars().low())
        .sum();
  }

  /// How long some stages were predicted to take together at the most; empty where nothing was
  /// predicted.
  public Optional<Duration> longest(List<Integer> numbers) {
    List<Estimate.StageEstimate> predicted = estimate.stages();
    double seconds =
        numbers.stream()
            .filter(number -> number < predicted.size())
            .mapToDouble(number -> predicted.get(number).seconds().high())
            .sum();
    return seconds > 0
        ? Optional.of(Duration.ofMillis((long) (Math.min(seconds, SECONDS_MAX) * 1e3)))
        : Optional.empty();
  }

  /// Whether some of it can be read by this process alone.
  public boolean isLocal() {
    return scans.splits().values().stream()
        .flatMap(List::stream)
        .anyMatch(split ->
            switch (split) {
              case Split.Local _ -> true;
              case Split.Parquet _ -> false;
            });
  }
}
