package io.frazil.session.stage;

import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.task.TaskContext;
import io.frazil.session.QueryId;
import io.frazil.session.attempt.RetryPolicy;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.session.dispatch.WorkerSize;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What the stages of one query run on.
///
/// @param query its id
/// @param folder where its objects lie, ending with `/`
/// @param epoch how many times it was begun: each time its partials lie apart, as another plan may
///   have made them
/// @param dispatcher where tasks run
/// @param largeWorkers where those run for which workers are too small
/// @param workers how many attempts run at a time
/// @param limits of each worker
/// @param compression of partials
/// @param workerFunctions those that workers have; what calls another runs here
/// @param here where the last stage runs, and what only this process can
public record StageEnvironment(
    String query,
    String folder,
    int epoch,
    Dispatcher dispatcher,
    Optional<Dispatcher> largeWorkers,
    int workers,
    RetryPolicy retries,
    Fragment.Limits limits,
    Compression compression,
    FunctionRegistry workerFunctions,
    TaskContext here) {
  /// Where all partials lie.
  String stages() {
    return "%sstages/%d/".formatted(folder, epoch);
  }

  String partial(int stage, int task) {
    return "%s%d/tasks/%d.arrow".formatted(stages(), stage, task);
  }

  /// Where a task's fragment lies that is too large for a message.
  String fragment(int stage, int task) {
    return "%s%d/fragments/%d.json".formatted(stages(), stage, task);
  }

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

  /// The object that tells workers to stop.
  String control() {
    return QueryId.control(folder);
  }
}
