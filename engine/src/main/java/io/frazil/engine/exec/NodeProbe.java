package io.frazil.engine.exec;

import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.scan.Source;
import io.frazil.engine.task.NodeMetrics;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Stands around what one plan node runs: counts what comes out, measures the node's own time and
/// names it in errors that nobody expected.
///
/// Calls nest (a node pulls from its input within its own call), so each thread sums up the time of
/// the calls inside the current one, and a node's own time is what remains.
final class NodeProbe {
  private static final ThreadLocal<long[]> NESTED_NANOS =
      ThreadLocal.withInitial(() -> new long[1]);

  private final String name;
  private final NodeMetrics metrics;

  NodeProbe(PhysicalPlan node, TaskMetrics metrics) {
    this.name = NodeName.of(node);
    this.metrics = metrics.node(node.id());
  }

  OperatorFactory operator(OperatorFactory inner) {
    return input -> reader(call(() -> inner.open(input)));
  }

  Source source(Source inner) {
    return new Source() {
      @Override
      public BatchReader open() {
        return reader(call(inner::open));
      }

      @Override
      public int maxReaders() {
        return inner.maxReaders();
      }

      @Override
      public void close() {
        inner.close();
      }
    };
  }

  Sink sink(Sink inner) {
    return new Sink() {
      @Override
      public Driver open() {
        return driver(call(inner::open));
      }

      @Override
      public void combine(Workers workers) {
        Workers measured =
            (count, part) -> workers.run(count, i -> NodeProbe.this.run(() -> part.accept(i)));
        run(() -> inner.combine(measured));
      }

      @Override
      public void close() {
        inner.close();
      }
    };
  }

  private Sink.Driver driver(Sink.Driver inner) {
    return new Sink.Driver() {
      @Override
      public boolean accept(Batch batch) {
        return call(() -> inner.accept(batch));
      }

      @Override
      public void finish() {
        run(inner::finish);
      }

      @Override
      public void close() {
        inner.close();
      }
    };
  }

  private BatchReader reader(BatchReader inner) {
    return new BatchReader() {
      private final Supplier<@Nullable Batch> pull = inner::next;

      @Override
      public @Nullable Batch next() {
        Batch batch = call(pull);
        if (batch != null && batch.rows() > 0) {
          metrics.add(Counter.OUTPUT_ROWS, batch.rows());
          metrics.add(Counter.OUTPUT_BATCHES, 1);
        }
        return batch;
      }

      @Override
      public void close() {
        inner.close();
      }
    };
  }

  private void run(Runnable step) {
    call(() -> {
      step.run();
      return true;
    });
  }

  private <T extends @Nullable Object> T call(Supplier<T> step) {
    long[] nested = NESTED_NANOS.get();
    long outer = nested[0];
    nested[0] = 0;
    long start = System.nanoTime();
    try {
      return step.get();
    } catch (RuntimeException | Error e) {
      throw Failure.of(e, name);
    } finally {
      long elapsed = System.nanoTime() - start;
      metrics.add(Counter.NANOS, elapsed - nested[0]);
      nested[0] = outer + elapsed;
    }
  }
}
