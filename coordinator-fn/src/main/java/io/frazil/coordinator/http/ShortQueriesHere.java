package io.frazil.coordinator.http;

import io.frazil.coordinator.query.QueryRunner;
import io.frazil.coordinator.query.Trial;
import java.time.Duration;

/// Runs what is short within the request that asked for it, which saves a second function's start;
/// hands over what is not, before or after it was found out. A function does nothing once it has
/// answered, so nothing is left running here, but for what does not end in time, such as planning:
/// that finds its trial over should the function ever go on with it, and leaves the query then.
///
/// @param trial what a query may take here, its planning included
/// @param coordinators who takes on the others
public record ShortQueriesHere(QueryRunner runner, Trial trial, Starter coordinators)
    implements Starter {
  /// What it takes to leave a query that was stopped.
  private static final Duration LEAVING = Duration.ofSeconds(1);

  @Override
  public void handOver(String id) {
    coordinators.handOver(id);
  }

  @Override
  public void start(String id) {
    Trial begun = trial.begun();
    Trial.Outcome outcome =
        Patience.within(trial.time().plus(LEAVING), () -> runner.attempt(id, begun))
            .orElseGet(() -> {
              begun.end();
              return Trial.Outcome.LEFT;
            });
    switch (outcome) {
      case SETTLED -> {}
      case LEFT -> coordinators.handOver(id);
    }
  }
}
