package io.frazil.engine.exec;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.Split;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.scan.Source;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.vector.Batch;
import java.util.List;
import java.util.function.UnaryOperator;

/// What [PlanCompiler] joins to pipelines but other packages build. Functions of batches are made
/// anew for each driver.
interface Parts {
  /// Keeps the rows for which all of `conjuncts` are true.
  UnaryOperator<Batch> filter(List<Expression> conjuncts, TaskContext context);

  /// Computes the expressions, a column each.
  UnaryOperator<Batch> project(List<Expression> expressions, TaskContext context);

  Source parquet(
      PhysicalPlan.TableScan scan,
      List<Split.Parquet> splits,
      TaskContext context,
      RuntimeFilters runtimeFilters);

  BreakerParts aggregate(PhysicalPlan.HashAggregate node, TaskContext context);

  JoinParts hashJoin(
      PhysicalPlan.HashJoin node, TaskContext context, RuntimeFilters runtimeFilters);

  JoinParts nestedLoopJoin(PhysicalPlan.NestedLoopJoin node, TaskContext context);

  BreakerParts sort(PhysicalPlan.Sort node, TaskContext context);

  BreakerParts topN(PhysicalPlan.TopN node, TaskContext context);
}
