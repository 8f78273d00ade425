package io.frazil.session.stage;

import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.task.TaskContext;
import io.frazil.session.attempt.RetryPolicy;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.session.dispatch.WorkerSize;
import io.frazil.session.journal.StageJournal;
import io.frazil.session.journal.StageObjects;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What the stages of one query run on.
///
/// @param query its id
/// @param objects where its stages lie
/// @param journal what is kept of it for other processes
/// @param dispatcher where tasks run
/// @param largeWorkers where those run for which workers are too small
/// @param workers how many attempts run at a time
/// @param limits of each worker
/// @param compression of partials
/// @param workerFunctions those that workers have; what calls another runs here
/// @param here where the last stage runs, and what only this process can
public record StageEnvironment(
    String query,
    StageObjects objects,
    StageJournal journal,
    Dispatcher dispatcher,
    Optional<Dispatcher> largeWorkers,
    int workers,
    RetryPolicy retries,
    Fragment.Limits limits,
    Compression compression,
    FunctionRegistry workerFunctions,
    TaskContext here) {
  /// The kinds of workers that there are.
  Set<WorkerSize> sizes() {
    return largeWorkers.isPresent()
        ? EnumSet.allOf(WorkerSize.class)
        : EnumSet.of(WorkerSize.NORMAL);
  }

  Dispatcher dispatcher(WorkerSize size) {
    return switch (size) {
      case NORMAL -> dispatcher;
      case LARGE -> largeWorkers.orElseThrow();
    };
  }
}
