package io.frazil.engine.exec;

import io.frazil.engine.evaluate.Predicate;
import io.frazil.engine.evaluate.Projection;
import io.frazil.engine.exec.aggregate.HashAggregation;
import io.frazil.engine.exec.join.JoinBuild;
import io.frazil.engine.exec.join.JoinProbe;
import io.frazil.engine.exec.join.UnmatchedBuildRows;
import io.frazil.engine.exec.sort.SortSink;
import io.frazil.engine.exec.sort.SortedSource;
import io.frazil.engine.exec.sort.TopNSink;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.parquet.ParquetSource;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.Split;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.scan.Source;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.vector.Batch;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The operators that the engine has.
final class StandardParts implements Parts {
  @Override
  public UnaryOperator<Batch> filter(List<Expression> conjuncts, TaskContext context) {
    return Predicate.compile(conjuncts, context.functions())::filter;
  }

  @Override
  public UnaryOperator<Batch> project(List<Expression> expressions, TaskContext context) {
    return Projection.compile(expressions, context.functions())::evaluate;
  }

  @Override
  public Source parquet(
      PhysicalPlan.TableScan scan,
      List<Split.Parquet> splits,
      TaskContext context,
      RuntimeFilters runtimeFilters) {
    return new ParquetSource(
        scan,
        splits,
        context,
        runtimeFilters,
        conjuncts -> Predicate.compile(conjuncts, context.functions())::filter);
  }

  @Override
  public BreakerParts aggregate(PhysicalPlan.HashAggregate node, TaskContext context) {
    var aggregation = new HashAggregation(node, context);
    return new BreakerParts(aggregation.sink(), aggregation.output());
  }

  @Override
  public JoinParts hashJoin(
      PhysicalPlan.HashJoin node, TaskContext context, RuntimeFilters runtimeFilters) {
    var build = new JoinBuild(node, context, runtimeFilters);
    return join(build, node.type(), node.condition(), context);
  }

  @Override
  public JoinParts nestedLoopJoin(PhysicalPlan.NestedLoopJoin node, TaskContext context) {
    return join(new JoinBuild(node, context), node.type(), node.condition(), context);
  }

  @Override
  public BreakerParts sort(PhysicalPlan.Sort node, TaskContext context) {
    var sink = new SortSink(node, context);
    return new BreakerParts(sink, new SortedSource(sink));
  }

  @Override
  public BreakerParts topN(PhysicalPlan.TopN node, TaskContext context) {
    var sink = new TopNSink(node, context);
    return new BreakerParts(sink, new SortedSource(sink));
  }

  private JoinParts join(
      JoinBuild build, JoinType type, @Nullable Expression condition, TaskContext context) {
    var probe =
        new JoinProbe(build, condition == null ? null : () -> filter(List.of(condition), context));
    Optional<Source> buildRows =
        UnmatchedBuildRows.has(type)
            ? Optional.of(new UnmatchedBuildRows(build))
            : Optional.empty();
    return new JoinParts(build, probe, buildRows);
  }
}
