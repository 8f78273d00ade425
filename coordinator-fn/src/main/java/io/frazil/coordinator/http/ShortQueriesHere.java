package io.frazil.coordinator.http;

import io.frazil.coordinator.query.QueryRunner;
import io.frazil.coordinator.query.Trial;

/// Runs what is short within the request that asked for it, which saves a second function's start;
/// hands over what is not, before or after it was found out. A function does nothing once it has
/// answered, so nothing is left running here.
///
/// @param trial what a query may take here
/// @param coordinators who takes on the others
public record ShortQueriesHere(QueryRunner runner, Trial trial, Starter coordinators)
    implements Starter {
  @Override
  public void handOver(String id) {
    coordinators.handOver(id);
  }

  @Override
  public void start(String id) {
    switch (runner.attempt(id, trial)) {
      case SETTLED -> {}
      case LEFT -> coordinators.handOver(id);
    }
  }
}
