package io.frazil.engine.exec;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.exec.aggregate.HashAggregation;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.Split;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.scan.Source;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.vector.Batch;
import java.util.List;
import java.util.function.UnaryOperator;

/// The operators that the engine has.
final class StandardParts implements Parts {
  @Override
  public UnaryOperator<Batch> filter(List<Expression> conjuncts, TaskContext context) {
    throw missing("Filter");
  }

  @Override
  public UnaryOperator<Batch> project(List<Expression> expressions, TaskContext context) {
    throw missing("Project");
  }

  @Override
  public Source parquet(
      PhysicalPlan.TableScan scan,
      List<Split.Parquet> splits,
      TaskContext context,
      RuntimeFilters runtimeFilters) {
    throw missing("Reading Parquet");
  }

  @Override
  public BreakerParts aggregate(PhysicalPlan.HashAggregate node, TaskContext context) {
    var aggregation = new HashAggregation(node, context);
    return new BreakerParts(aggregation.sink(), aggregation.output());
  }

  @Override
  public JoinParts hashJoin(
      PhysicalPlan.HashJoin node, TaskContext context, RuntimeFilters runtimeFilters) {
    throw missing("Hash join");
  }

  @Override
  public JoinParts nestedLoopJoin(PhysicalPlan.NestedLoopJoin node, TaskContext context) {
    throw missing("Nested loop join");
  }

  @Override
  public BreakerParts sort(PhysicalPlan.Sort node, TaskContext context) {
    throw missing("Sort");
  }

  @Override
  public BreakerParts topN(PhysicalPlan.TopN node, TaskContext context) {
    throw missing("Top N");
  }

  private static FrazilException missing(String what) {
    return new FrazilException(ErrorCode.NOT_SUPPORTED, what + " is not supported yet");
  }
}
