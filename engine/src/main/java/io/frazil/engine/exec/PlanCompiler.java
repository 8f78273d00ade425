package io.frazil.engine.exec;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.RuntimeFilterSource;
import io.frazil.engine.plan.RuntimeFilterTarget;
import io.frazil.engine.plan.Split;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.scan.Source;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.vector.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Takes a plan apart into pipelines: a node that has to see all of its input ends one and begins
/// another; any other becomes an operator.
///
/// The pipelines come out in an order in which each stands behind those it depends on. What was
/// opened so far is closed by [#close] if compiling fails; afterwards it is the scheduler's.
final class PlanCompiler implements AutoCloseable {
  private final TaskInputs inputs;
  private final TaskContext context;
  private final Parts parts;
  private final RuntimeFilters runtimeFilters = new RuntimeFilters();
  private final List<Pipeline> pipelines = new ArrayList<>();
  private final List<Runnable> opened = new ArrayList<>();

  /// The pipeline whose end publishes a runtime filter, by the filter's id.
  private final Map<Integer, Pipeline> publishers = new HashMap<>();

  private record SharedPipeline(Pipeline pipeline, SharedRows rows) {}

  private final Map<Integer, SharedPipeline> shared = new HashMap<>();

  PlanCompiler(TaskInputs inputs, TaskContext context, Parts parts) {
    this.inputs = inputs;
    this.context = context;
    this.parts = parts;
  }

  /// The pipelines of a plan, the last of which ends in `result`.
  List<Pipeline> compile(PhysicalPlan plan, Sink result) {
    end(compile(CombinePhases.rewrite(plan)), result, "the result");
    return List.copyOf(pipelines);
  }

  /// Closes what was opened for a plan that then could not be compiled.
  @Override
  public void close() {
    opened.reversed().forEach(Runnable::run);
  }

  private Chain compile(PhysicalPlan plan) {
    return switch (plan) {
      case PhysicalPlan.TableScan node -> scan(node);
      case PhysicalPlan.Values node -> begin(node, new ValuesSource(node));
      case PhysicalPlan.Filter node ->
          compile(node.input())
              .then(map(node, () -> parts.filter(List.of(node.predicate()), context)));
      case PhysicalPlan.Project node ->
          compile(node.input()).then(map(node, () -> parts.project(node.expressions(), context)));
      case PhysicalPlan.HashAggregate node ->
          breaker(node, node.input(), parts.aggregate(node, context));
      case PhysicalPlan.HashJoin node -> hashJoin(node);
      case PhysicalPlan.NestedLoopJoin node -> {
        JoinParts join = parts.nestedLoopJoin(node, context);
        Pipeline build = build(node, node.right(), join);
        yield probe(node, node.left(), node.type(), join, build);
      }
      case PhysicalPlan.Sort node -> breaker(node, node.input(), parts.sort(node, context));
      case PhysicalPlan.TopN node -> breaker(node, node.input(), parts.topN(node, context));
      case PhysicalPlan.Limit node ->
          compile(node.input()).then(probe(node).operator(LimitOperator.factory(node)));
      case PhysicalPlan.Union node -> union(node);
      case PhysicalPlan.Shared node -> shared(node);
      case PhysicalPlan.Exchange node -> compile(node.input());
      case PhysicalPlan.StageInput node -> begin(node, inputs.stages().apply(node));
    };
  }

  private Chain scan(PhysicalPlan.TableScan node) {
    List<Pipeline> publishing =
        node.runtimeFilters().stream()
            .map(RuntimeFilterTarget::filterId)
            .map(publishers::get)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return begin(node, scanSource(node)).after(publishing);
  }

  private Source scanSource(PhysicalPlan.TableScan node) {
    List<Split> splits = inputs.splits().getOrDefault(node.id(), List.of());
    var parquet = new ArrayList<Split.Parquet>();
    var local = new ArrayList<Split.Local>();
    for (Split split : splits) {
      switch (split) {
        case Split.Parquet file -> parquet.add(file);
        case Split.Local share -> local.add(share);
      }
    }
    if (!parquet.isEmpty() && !local.isEmpty()) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "Table " + node.table() + " is partly of files and partly not, which is not supported");
    }
    if (!parquet.isEmpty()) {
      return parts.parquet(node, parquet, context, runtimeFilters);
    }
    List<Integer> asListed = IntStream.range(0, node.columns().size()).boxed().toList();
    return new LocalScanSource(
        node,
        local,
        inputs.columns().getOrDefault(node.id(), asListed),
        () -> parts.filter(node.filters(), context),
        runtimeFilters,
        context.metrics().node(node.id()));
  }

  private Chain hashJoin(PhysicalPlan.HashJoin node) {
    JoinParts join = parts.hashJoin(node, context, runtimeFilters);
    Pipeline build = build(node, node.right(), join);
    for (RuntimeFilterSource filter : node.runtimeFilters()) {
      publishers.put(filter.filterId(), build);
    }
    return probe(node, node.left(), node.type(), join, build);
  }

  private Pipeline build(PhysicalPlan node, PhysicalPlan right, JoinParts join) {
    opened.add(join.build()::close);
    join.buildRows().ifPresent(rows -> opened.add(rows::close));
    return end(compile(right), probe(node).sink(join.build()), "build of " + NodeName.of(node));
  }

  private Chain probe(
      PhysicalPlan node, PhysicalPlan left, JoinType type, JoinParts join, Pipeline build) {
    Chain probe = compile(left).after(List.of(build)).then(probe(node).operator(join.probe()));
    if (join.buildRows().isEmpty()) {
      return probe;
    }
    Source buildRows = probe(node).source(join.buildRows().get());
    if (type.keepsLeft()) {
      var followed = new FollowedSource(probe, buildRows);
      return new Chain(followed, List.of(), probe.dependencies());
    }
    Pipeline probing = end(probe, new DrainSink(), "probe of " + NodeName.of(node));
    return Chain.of(buildRows, probing, build);
  }

  private Chain union(PhysicalPlan.Union node) {
    List<Chain> chains = node.inputs().stream().map(this::compile).toList();
    Chain union = begin(node, new UnionSource(chains));
    for (Chain chain : chains) {
      union = union.after(chain.dependencies());
    }
    return union;
  }

  private Chain shared(PhysicalPlan.Shared node) {
    SharedPipeline once = shared.get(node.sharedId());
    if (once == null) {
      Chain input = compile(node.input());
      String name = NodeName.of(node);
      var rows = new SharedRows(context.memory(), name, input.source().maxReaders());
      once = new SharedPipeline(end(input, probe(node).sink(rows), name), rows);
      shared.put(node.sharedId(), once);
    }
    return Chain.of(probe(node).source(once.rows().replay()), once.pipeline());
  }

  private Chain breaker(PhysicalPlan node, PhysicalPlan input, BreakerParts breaker) {
    opened.add(breaker.sink()::close);
    opened.add(breaker.output()::close);
    Pipeline pipeline = end(compile(input), probe(node).sink(breaker.sink()), NodeName.of(node));
    return Chain.of(probe(node).source(breaker.output()), pipeline);
  }

  private Chain begin(PhysicalPlan node, Source source) {
    opened.add(source::close);
    return Chain.of(probe(node).source(source));
  }

  private Pipeline end(Chain chain, Sink sink, String name) {
    Pipeline pipeline = chain.into(sink, name);
    pipelines.add(pipeline);
    return pipeline;
  }

  private OperatorFactory map(PhysicalPlan node, Supplier<UnaryOperator<Batch>> function) {
    return probe(node).operator(input -> new MapOperator(input, function.get()));
  }

  private NodeProbe probe(PhysicalPlan node) {
    return new NodeProbe(node, context.metrics());
  }
}
