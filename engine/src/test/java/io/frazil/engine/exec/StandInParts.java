package io.frazil.engine.exec;

import io.frazil.engine.exec.aggregate.HashAggregation;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.Split;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.scan.Source;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.LongVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;

/// Operators over one BIGINT column that are simple enough to be right: filters by a Java
/// predicate, a sort of all in one list, and a join whose probe passes everything and whose build
/// rows follow.
final class StandInParts implements Parts {
  private final LongPredicate predicate;

  StandInParts() {
    this(number -> true);
  }

  StandInParts(LongPredicate predicate) {
    this.predicate = predicate;
  }

  @Override
  public UnaryOperator<Batch> filter(List<Expression> conjuncts, TaskContext context) {
    int[] selection = new int[Batch.MAX_ROWS];
    return batch -> {
      int rows = 0;
      for (int i = 0; i < batch.rows(); i++) {
        int position = position(batch, i);
        if (predicate.test(number(batch, i))) {
          selection[rows++] = position;
        }
      }
      return batch.select(selection, rows);
    };
  }

  @Override
  public UnaryOperator<Batch> project(List<Expression> expressions, TaskContext context) {
    return batch -> batch;
  }

  @Override
  public Source parquet(
      PhysicalPlan.TableScan scan,
      List<Split.Parquet> splits,
      TaskContext context,
      RuntimeFilters runtimeFilters) {
    throw new AssertionError("nothing is read");
  }

  @Override
  public BreakerParts aggregate(PhysicalPlan.HashAggregate node, TaskContext context) {
    var aggregation = new HashAggregation(node, context);
    return new BreakerParts(aggregation.sink(), aggregation.output());
  }

  @Override
  public JoinParts hashJoin(
      PhysicalPlan.HashJoin node, TaskContext context, RuntimeFilters runtimeFilters) {
    var build = new Numbers();
    return new JoinParts(
        build, input -> new MapOperator(input, b -> b), Optional.of(build.source(2)));
  }

  @Override
  public JoinParts nestedLoopJoin(PhysicalPlan.NestedLoopJoin node, TaskContext context) {
    throw new AssertionError("no test has one");
  }

  @Override
  public BreakerParts sort(PhysicalPlan.Sort node, TaskContext context) {
    var numbers = new Numbers();
    return new BreakerParts(numbers, numbers.source(1));
  }

  @Override
  public BreakerParts topN(PhysicalPlan.TopN node, TaskContext context) {
    throw new IllegalStateException("no top n today");
  }

  static long number(Batch batch, int row) {
    return ((LongVector) batch.column(0)).values()[position(batch, row)];
  }

  private static int position(Batch batch, int row) {
    return batch.selection() == null ? row : batch.selection()[row];
  }

  /// Collects numbers and gives them in order.
  private static final class Numbers implements Sink {
    private final List<Long> numbers = new ArrayList<>();

    @Override
    public Driver open() {
      return new Driver() {
        @Override
        public boolean accept(Batch batch) {
          synchronized (numbers) {
            for (int i = 0; i < batch.rows(); i++) {
              numbers.add(number(batch, i));
            }
          }
          return true;
        }

        @Override
        public void finish() {}

        @Override
        public void close() {}
      };
    }

    @Override
    public void combine(Workers workers) {
      numbers.sort(null);
    }

    @Override
    public void close() {}

    Source source(int maxReaders) {
      var position = new AtomicInteger();
      return new Source() {
        @Override
        public BatchReader open() {
          return new BatchListReader(batches(), position);
        }

        @Override
        public int maxReaders() {
          return maxReaders;
        }

        @Override
        public void close() {}
      };
    }

    private List<Batch> batches() {
      var batches = new ArrayList<Batch>();
      for (int from = 0; from < numbers.size(); from += NumberSplit.BATCH_ROWS) {
        List<Long> part =
            numbers.subList(from, Math.min(from + NumberSplit.BATCH_ROWS, numbers.size()));
        long[] values = part.stream().mapToLong(n -> n).toArray();
        batches.add(
            Batch.of(values.length, new LongVector(Types.BIGINT, values, values.length, null)));
      }
      return batches;
    }
  }
}
