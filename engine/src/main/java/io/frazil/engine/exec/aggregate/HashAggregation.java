package io.frazil.engine.exec.aggregate;

import io.frazil.engine.exec.Sink;
import io.frazil.engine.exec.Workers;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.PhysicalPlan.HashAggregate;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import io.frazil.engine.scan.Source;
import io.frazil.engine.task.NodeMetrics;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Rows;
import java.util.ArrayList;
import java.util.List;

/// Runs a [HashAggregate]: its [#sink] takes the input, its [#output] then gives the groups.
///
/// What the drivers found is put together in one of three ways: one driver's groups are the result
/// as they stand; few groups are merged at once; many are split by the hash of their keys into
/// partitions, each of which is merged when a reader of the output takes it.
///
/// A driver that finds ever new groups, more than its cache holds, splits and sets aside those it
/// has and begins anew: what is then merged is a partition at a time, which the cache holds.
public final class HashAggregation {
  /// Up to this many groups a driver, merging them on one thread costs less than splitting them.
  private static final int FEW_GROUPS = 8192;

  private final AggregateShape shape;
  private final MemoryPool memory;
  private final NodeMetrics metrics;
  private final CollectingSink sink = new CollectingSink();
  private final AggregateOutput output;

  public HashAggregation(HashAggregate node, TaskContext context) {
    this.shape = AggregateShape.of(node, context.functions());
    this.memory = context.memory();
    this.metrics = context.metrics().node(node.id());
    this.output = new AggregateOutput(shape, context);
  }

  /// Where the input's rows (in phase FINAL: states) go.
  public Sink sink() {
    return sink;
  }

  /// The groups, once the sink combined.
  public Source output() {
    return output;
  }

  private final class CollectingSink implements Sink {
    private final List<Collector> collectors = new ArrayList<>();

    @Override
    public synchronized Driver open() {
      var collector = new Collector(new Aggregator(shape, memory));
      collectors.add(collector);
      return collector;
    }

    @Override
    public void combine(Workers workers) {
      metrics.add(Counter.PEAK_BYTES, collectors.stream().mapToLong(Collector::bytes).sum());
      List<Collector> filled = collectors.stream().filter(c -> c.added).toList();
      if (filled.isEmpty()) {
        output.whole(collectors.getFirst().aggregator);
      } else if (filled.stream().allMatch(Collector::hasFew)) {
        filled.stream().skip(1).forEach(c -> mergeInto(filled.getFirst(), c));
        output.whole(filled.getFirst().aggregator);
      } else if (filled.size() == 1 && filled.getFirst().partitions.isEmpty()) {
        output.whole(filled.getFirst().aggregator);
      } else {
        filled.forEach(Collector::split);
        output.partitioned(filled.stream().flatMap(c -> c.partitions.stream()).toList());
      }
    }

    @Override
    public synchronized void close() {
      collectors.forEach(Collector::release);
      collectors.clear();
    }

    private void mergeInto(Collector target, Collector other) {
      Aggregator from = other.aggregator;
      target.aggregator.merge(from.states(0, from.groups()), Rows.all(from.groups()));
      other.release();
    }

    private synchronized boolean isAlone() {
      return collectors.size() == 1;
    }
  }

  private final class Collector implements Sink.Driver {
    private Aggregator aggregator;
    private boolean added;
    private final List<StatePartitions> partitions = new ArrayList<>();

    Collector(Aggregator aggregator) {
      this.aggregator = aggregator;
    }

    @Override
    public boolean accept(Batch batch) {
      added = true;
      if (shape.phase() == Phase.FINAL) {
        var rows = new Rows(batch.length(), batch.selection(), batch.rows());
        aggregator.merge(batch.columns(), rows);
      } else {
        aggregator.add(batch);
      }
      if (aggregator.isOverfull()) {
        split();
      }
      return true;
    }

    /// Splits many groups here, where other drivers do the same.
    @Override
    public void finish() {
      if (!hasFew() && !sink.isAlone()) {
        split();
      }
    }

    @Override
    public void close() {
      // The sink holds on to the groups until the output is read.
    }

    boolean hasFew() {
      return partitions.isEmpty() && aggregator.groups() <= FEW_GROUPS;
    }

    /// Sets the groups aside, if there are any, and begins anew.
    void split() {
      if (aggregator.groups() > 0) {
        partitions.add(StatePartitions.of(aggregator, shape, memory));
        aggregator.close();
        aggregator = new Aggregator(shape, memory);
      }
    }

    long bytes() {
      return aggregator.bytes() + partitions.stream().mapToLong(StatePartitions::bytes).sum();
    }

    void release() {
      aggregator.close();
      partitions.forEach(StatePartitions::close);
    }
  }
}
