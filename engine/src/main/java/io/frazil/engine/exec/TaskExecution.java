package io.frazil.engine.exec;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One running task: its drivers and the reader of its result.
///
/// The first failure of a driver stops the others and comes out of [#next]. Closing stops what
/// still runs, waits for it, and releases everything; it has to be called on every path.
public final class TaskExecution implements BatchReader {
  private final Cancellation own;
  private final Cancellation.Hook outer;
  private final ResultQueue result;
  private final Scheduler scheduler;
  private boolean closed;

  private TaskExecution(
      Cancellation own, Cancellation.Hook outer, ResultQueue result, Scheduler scheduler) {
    this.own = own;
    this.outer = outer;
    this.result = result;
    this.scheduler = scheduler;
  }

  /// Starts to compute a plan on `context.threads()` threads. Comes out: its rows, in order where
  /// the plan has one; a failure stops this task and leaves `context.cancellation()` alone.
  ///
  /// @throws FrazilException where the plan cannot be run
  public static BatchReader start(PhysicalPlan plan, TaskInputs inputs, TaskContext context) {
    return start(plan, inputs, context, new StandardParts());
  }

  static BatchReader start(PhysicalPlan plan, TaskInputs inputs, TaskContext context, Parts parts) {
    var own = new Cancellation();
    Cancellation.Hook outer = forward(context.cancellation(), own);
    var task =
        new TaskContext(
            context.store(),
            context.memory(),
            context.functions(),
            own,
            context.metrics(),
            context.threads());
    var result = new ResultQueue(context.memory(), own, 2 + 2 * context.threads());
    try {
      List<Pipeline> pipelines = compile(plan, inputs, task, parts, result);
      var scheduler = new Scheduler(pipelines, own);
      scheduler.start(context.threads());
      return new TaskExecution(own, outer, result, scheduler);
    } catch (RuntimeException | Error e) {
      outer.close();
      result.close();
      throw e;
    }
  }

  @Override
  public @Nullable Batch next() {
    return result.next();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    own.stop(new FrazilException(ErrorCode.CANCELLED, "The result was closed"));
    outer.close();
    try {
      scheduler.close();
    } finally {
      result.close();
    }
  }

  private static List<Pipeline> compile(
      PhysicalPlan plan, TaskInputs inputs, TaskContext task, Parts parts, ResultQueue result) {
    var compiler = new PlanCompiler(inputs, task, parts);
    try {
      return compiler.compile(plan, result);
    } catch (RuntimeException | Error e) {
      compiler.close();
      throw e;
    }
  }

  private static Cancellation.Hook forward(Cancellation from, Cancellation to) {
    return from.onStop(() -> {
      FrazilException reason = from.reason();
      if (reason != null) {
        to.stop(reason);
      }
    });
  }
}
