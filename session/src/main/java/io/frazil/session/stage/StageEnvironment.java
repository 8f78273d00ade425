package io.frazil.session.stage;

import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.task.TaskContext;
import io.frazil.session.QueryId;
import io.frazil.session.dispatch.Dispatcher;

/// What the stages of one query run on.
///
/// @param query its id
/// @param folder where its objects lie, ending with `/`
/// @param epoch how many times it was begun: each time its partials lie apart, as another plan may
///   have made them
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

  /// The object that tells workers to stop.
  String control() {
    return QueryId.control(folder);
  }
}
