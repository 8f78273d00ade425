package io.frazil.engine.exec.sort;

import io.frazil.engine.exec.RowBuffer;
import io.frazil.engine.exec.Sink;
import io.frazil.engine.exec.Workers;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.SortKey;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Keeps the first rows of an order: each driver collects up to a few times as many as are wanted,
/// then sorts them and lets the rest go. From then on it knows a row that enough others come
/// before, and passes over rows whose first key is behind that row's.
///
/// Memory is bounded by the limit; a limit beyond memory fails, as there is no spilling here: such
/// a query is planned as a sort.
public final class TopNSink implements Sink {
  /// A driver collects at least so many rows between two sorts.
  private static final int MIN_COLLECTED = Batch.MAX_ROWS;

  private final PhysicalPlan.TopN plan;
  private final TaskContext context;
  private final String name;
  private final Reservation reservation;
  private final List<DataType> types;
  private final int[] columns;

  /// How many rows of the order matter: those skipped and those that come out.
  private final long wanted;

  private final List<Collector> collectors = new ArrayList<>();
  private @Nullable SortedRows sorted;

  public TopNSink(PhysicalPlan.TopN plan, TaskContext context) {
    this.plan = plan;
    this.context = context;
    this.name = "top-n " + plan.id();
    this.reservation = context.memory().reservation(name);
    this.types = plan.schema().fields().stream().map(f -> f.type()).toList();
    this.columns = IntStream.range(0, types.size()).toArray();
    long end = plan.limit() + plan.offset();
    this.wanted = plan.limit() == 0 ? 0 : end < 0 ? Long.MAX_VALUE : end;
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
      List<RowBuffer> parts = collectors.stream().map(c -> c.rows).toList();
      RowBuffer rows = RowBuffer.concatenate(parts, reservation);
      reservation.grow(RowSorter.bytes(rows.rows()));
      context.metrics().node(plan.id()).add(Counter.PEAK_BYTES, reservation.bytes());
      int[] order = sort(rows);
      reservation.shrink(RowSorter.bytes(rows.rows()) - (long) order.length * Integer.BYTES);
      sorted = new SortedRows(rows, plan.keys(), List.of(order), plan.offset(), wanted);
    }
  }

  private int[] sort(RowBuffer rows) {
    return RowSorter.sort(plan.keys(), SortedRows.keyColumns(rows, plan.keys()), rows.rows());
  }

  @Override
  public void close() {
    synchronized (collectors) {
      collectors.forEach(c -> c.rows.close());
    }
    reservation.close();
  }

  /// The best rows of one driver so far.
  private final class Collector implements Driver {
    private RowBuffer rows = new RowBuffer(types, context.memory(), name);

    /// The first key of the last row that can still come out, where `wanted` rows are known.
    private long threshold = Long.MAX_VALUE;

    private final int[] selection = new int[Batch.MAX_ROWS];
    private final long[] prefixes = new long[Batch.MAX_ROWS];

    @Override
    public boolean accept(Batch batch) {
      if (wanted == 0) {
        return false;
      }
      Batch candidates = threshold == Long.MAX_VALUE ? batch : candidates(batch);
      if (candidates.rows() > 0) {
        rows.append(candidates, columns);
      }
      if (rows.rows() >= MIN_COLLECTED && rows.rows() / 2 >= wanted) {
        reduce();
      }
      return true;
    }

    /// The rows that don't come behind the threshold for sure.
    private Batch candidates(Batch batch) {
      SortKey key = plan.keys().getFirst();
      int[] live = batch.selection();
      if (live == null) {
        Arrays.setAll(selection, i -> i);
        live = selection;
      }
      OrderPrefix.encode(batch.column(key.column()), key, live, 0, batch.rows(), prefixes);
      int count = 0;
      for (int i = 0; i < batch.rows(); i++) {
        selection[count] = live[i];
        count += prefixes[i] <= threshold ? 1 : 0;
      }
      return batch.select(selection, count);
    }

    /// Keeps the best rows alone.
    private void reduce() {
      int[] order;
      int kept = (int) wanted;
      try (Reservation sorting = context.memory().reservation(name)) {
        sorting.grow(RowSorter.bytes(rows.rows()));
        order = sort(rows);
      }
      RowBuffer best = new RowBuffer(types, context.memory(), name);
      try {
        for (int from = 0; from < kept; from += Batch.MAX_ROWS) {
          int count = Math.min(Batch.MAX_ROWS, kept - from);
          int[] numbers = Arrays.copyOfRange(order, from, from + count);
          best.append(Batch.of(count, gather(numbers, count)), columns);
        }
      } catch (RuntimeException e) {
        best.close();
        throw e;
      }
      rows.close();
      rows = best;
      SortKey key = plan.keys().getFirst();
      long[] last = new long[1];
      Vector lastKey = rows.column(key.column()).slice(kept - 1, 1);
      OrderPrefix.encode(lastKey, key, new int[1], 0, 1, last);
      threshold = last[0];
    }

    private Vector[] gather(int[] numbers, int count) {
      Vector[] vectors = new Vector[columns.length];
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = rows.column(i).gather(numbers, count);
      }
      return vectors;
    }

    @Override
    public void finish() {}

    /// The rows are the sink's, which releases them.
    @Override
    public void close() {}
  }
}
