package io.frazil.session;

import io.frazil.engine.error.FrazilException;
import io.frazil.events.Spent;
import io.frazil.session.journal.StageObjects;
import io.frazil.session.stage.StageSteps;
import io.frazil.session.statistics.QueryProgress;
import java.util.List;

/// What is to be done next for a query whose tasks somebody else runs.
public sealed interface QueryStep {
  /// Tasks are to be run, each of which then tells how it ended at its [StageObjects#report].
  ///
  /// @param objects where the query's stages lie
  /// @param tasks in any order; with a budget no more than are thought to fit it, and few, each of
  ///   which is tried again by later steps only
  /// @param workers how many are to run at a time
  /// @param progress how far it is
  /// @param spent by then, for the next step
  record Tasks(
      StageObjects objects,
      List<StageSteps.Task> tasks,
      int workers,
      QueryProgress progress,
      Spent spent)
      implements QueryStep {
    public Tasks {
      tasks = List.copyOf(tasks);
    }
  }

  /// All the rest runs here.
  record Rest(QueryHandle query) implements QueryStep {}

  /// Nothing: what is next would cost more than the query may, or was tried often enough.
  record Failed(FrazilException why, QueryAccount account) implements QueryStep {}
}
