package io.frazil.engine.exec.sort;

import io.frazil.engine.exec.RowBuffer;
import io.frazil.engine.exec.Sink;
import io.frazil.engine.exec.Workers;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.SortKey;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.vector.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Keeps all rows: each driver sorts its own when it has them all, and [SortedSource] merges.
///
/// Where memory is denied is where a sort would begin to spill: a driver's collector in
/// [Collector#accept], by sorting what it has and writing it out as a run of its own.
public final class SortSink implements Sink {
  private final PhysicalPlan.Sort plan;
  private final TaskContext context;
  private final String name;
  private final Reservation reservation;
  private final int[] columns;
  private final List<Collector> collectors = new ArrayList<>();
  private @Nullable SortedRows sorted;

  public SortSink(PhysicalPlan.Sort plan, TaskContext context) {
    this.plan = plan;
    this.context = context;
    this.name = "sort " + plan.id();
    this.reservation = context.memory().reservation(name);
    this.columns = IntStream.range(0, plan.schema().size()).toArray();
  }

  /// The rows in order, once [#combine] is done.
  SortedRows sorted() {
    SortedRows rows = sorted;
    if (rows == null) {
      throw new IllegalStateException(name + " is read before it is complete");
    }
    return rows;
  }

  @Override
  public Driver open() {
    Collector collector = new Collector();
    synchronized (collectors) {
      collectors.add(collector);
    }
    return collector;
  }

  @Override
  public void combine(Workers workers) {
    synchronized (collectors) {
      if (collectors.isEmpty()) {
        collectors.add(new Collector());
      }
      List<int[]> runs = new ArrayList<>();
      int before = 0;
      for (Collector collector : collectors) {
        int[] run = collector.run;
        for (int i = 0; i < run.length; i++) {
          run[i] += before;
        }
        before += run.length;
        if (run.length > 0) {
          runs.add(run);
        }
      }
      List<RowBuffer> parts = collectors.stream().map(c -> c.rows).toList();
      RowBuffer rows = RowBuffer.concatenate(parts, reservation);
      long sorting = collectors.stream().mapToLong(c -> c.sorting.bytes()).sum();
      context.metrics().node(plan.id()).add(Counter.PEAK_BYTES, reservation.bytes() + sorting);
      sorted = new SortedRows(rows, plan.keys(), runs, 0, Long.MAX_VALUE);
    }
  }

  @Override
  public void close() {
    synchronized (collectors) {
      collectors.forEach(Collector::release);
    }
    reservation.close();
  }

  /// The rows of one driver.
  private final class Collector implements Driver {
    private final RowBuffer rows =
        new RowBuffer(
            plan.schema().fields().stream().map(f -> f.type()).toList(), context.memory(), name);
    private final Reservation sorting = context.memory().reservation(name);
    private int[] run = {};

    @Override
    public boolean accept(Batch batch) {
      rows.append(batch, columns);
      return true;
    }

    @Override
    public void finish() {
      List<SortKey> keys = plan.keys();
      sorting.grow(RowSorter.bytes(rows.rows()));
      run = RowSorter.sort(keys, SortedRows.keyColumns(rows, keys), rows.rows());
      sorting.resize((long) run.length * Integer.BYTES);
    }

    /// The rows are the sink's, which releases them.
    @Override
    public void close() {}

    private void release() {
      rows.close();
      sorting.close();
    }
  }
}
