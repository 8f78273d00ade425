package io.frazil.engine.exec;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// How far one pipeline is. Everything but [#pipeline] and [#close] is guarded by the scheduler's
/// lock.
final class PipelineRun implements AutoCloseable {
  private final Pipeline pipeline;
  private final List<PipelineRun> dependencies;
  private int waitingFor;
  private int dependents;
  private final List<PipelineRun> waiting = new ArrayList<>();
  private int started;
  private int active;
  private boolean drained;
  private boolean complete;

  private PipelineRun(Pipeline pipeline, List<PipelineRun> dependencies) {
    this.pipeline = pipeline;
    this.dependencies = dependencies;
    this.waitingFor = dependencies.size();
  }

  /// @param pipelines each behind those that it depends on
  static List<PipelineRun> of(List<Pipeline> pipelines) {
    IdentityHashMap<Pipeline, PipelineRun> runs = new IdentityHashMap<>();
    var ordered = new ArrayList<PipelineRun>();
    for (Pipeline pipeline : pipelines) {
      List<PipelineRun> dependencies = pipeline.dependencies().stream().map(runs::get).toList();
      var run = new PipelineRun(pipeline, dependencies);
      for (PipelineRun dependency : dependencies) {
        dependency.dependents++;
        dependency.waiting.add(run);
      }
      runs.put(pipeline, run);
      ordered.add(run);
    }
    return ordered;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  boolean isComplete() {
    return complete;
  }

  /// Whether one more driver is worth it; counts it if so. Once a driver came to the end of the
  /// source, another would find nothing.
  boolean startDriver(int threads) {
    int most = Math.min(threads, pipeline.source().maxReaders());
    if (waitingFor > 0 || drained || started >= most) {
      return false;
    }
    started++;
    active++;
    return true;
  }

  /// Whether that was the last driver.
  boolean endDriver() {
    drained = true;
    active--;
    return active == 0;
  }

  /// Lets go of the pipelines that were waited for, and says which of them nobody waits for now.
  List<PipelineRun> markComplete() {
    complete = true;
    waiting.forEach(run -> run.waitingFor--);
    var done = new ArrayList<PipelineRun>();
    for (PipelineRun dependency : dependencies) {
      dependency.dependents--;
      if (dependency.dependents == 0) {
        done.add(dependency);
      }
    }
    return done;
  }

  /// Closes source and sink.
  @Override
  public void close() {
    try {
      pipeline.source().close();
    } finally {
      pipeline.sink().close();
    }
  }
}
