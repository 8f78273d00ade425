package io.frazil.engine.exec.aggregate;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import io.frazil.engine.scan.Source;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The groups of an aggregation. A morsel is a batch of a table that is complete, or a partition
/// that still has to be merged.
final class AggregateOutput implements Source {
  private final AggregateShape shape;
  private final MemoryPool memory;
  private final Cancellation cancellation;
  private final AtomicInteger position = new AtomicInteger();

  private @Nullable Aggregator whole;
  private List<StatePartitions> parts = List.of();

  AggregateOutput(AggregateShape shape, TaskContext context) {
    this.shape = shape;
    this.memory = context.memory();
    this.cancellation = context.cancellation();
  }

  /// These groups are the result.
  void whole(Aggregator aggregator) {
    whole = aggregator;
  }

  /// The groups that were set aside are, once merged.
  void partitioned(List<StatePartitions> aside) {
    parts = aside;
  }

  @Override
  public BatchReader open() {
    return whole == null ? new MergingReader() : new WholeReader(whole);
  }

  @Override
  public void close() {
    // The groups are the sink's, which closes when this has been read.
  }

  private Batch batch(Aggregator groups, int from) {
    int count = Math.min(Batch.MAX_ROWS, groups.groups() - from);
    Vector[] columns =
        shape.phase() == Phase.PARTIAL ? groups.states(from, count) : groups.results(from, count);
    return Batch.of(count, columns);
  }

  private final class WholeReader implements BatchReader {
    private final Aggregator groups;

    WholeReader(Aggregator groups) {
      this.groups = groups;
    }

    @Override
    public @Nullable Batch next() {
      int from = position.getAndAdd(Batch.MAX_ROWS);
      if (from < 0 || from >= groups.groups()) {
        return null;
      }
      synchronized (groups) {
        return batch(groups, from);
      }
    }

    @Override
    public void close() {
      // The groups are the sink's.
    }
  }

  private final class MergingReader implements BatchReader {
    private @Nullable Aggregator merged;
    private int from;

    @Override
    public @Nullable Batch next() {
      while (merged == null || from >= merged.groups()) {
        close();
        int partition = position.getAndIncrement();
        if (partition >= StatePartitions.COUNT) {
          return null;
        }
        merged = new Aggregator(shape, memory);
        for (StatePartitions part : parts) {
          cancellation.check();
          part.mergeInto(merged, partition);
        }
        from = 0;
      }
      Batch batch = batch(merged, from);
      from += batch.rows();
      return batch;
    }

    @Override
    public void close() {
      if (merged != null) {
        merged.close();
        merged = null;
      }
    }
  }
}
