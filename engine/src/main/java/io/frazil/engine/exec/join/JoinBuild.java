package io.frazil.engine.exec.join;

import io.frazil.engine.exec.RowBuffer;
import io.frazil.engine.exec.Sink;
import io.frazil.engine.exec.Workers;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.ColumnBuffer;
import io.frazil.engine.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The right side of a join: collects its rows, makes them findable, and tells scans of the left
/// side about its keys. Holds its memory until it is closed, which is after all probing.
///
/// All rows stay in memory. Where memory is denied is where a hash join would begin to spill: a
/// driver's collector in [Collector#accept] by hash partitions of its rows, and the probe would
/// then set aside the rows of those partitions.
public final class JoinBuild implements Sink {
  private final JoinShape shape;
  private final TaskContext context;
  private final RuntimeFilters runtimeFilters;
  private final Reservation reservation;

  /// The right columns that are kept, and where each of them is.
  private final int[] kept;

  private final int[] places;

  private final List<Collector> collectors = new ArrayList<>();
  private @Nullable BuildSide side;

  public JoinBuild(PhysicalPlan.HashJoin join, TaskContext context, RuntimeFilters runtimeFilters) {
    this(JoinShape.of(join), context, runtimeFilters);
  }

  public JoinBuild(PhysicalPlan.NestedLoopJoin join, TaskContext context) {
    this(JoinShape.of(join), context, new RuntimeFilters());
  }

  private JoinBuild(JoinShape shape, TaskContext context, RuntimeFilters runtimeFilters) {
    this.shape = shape;
    this.context = context;
    this.runtimeFilters = runtimeFilters;
    this.reservation = context.memory().reservation(shape.name());
    BitSet columns = shape.storedColumns();
    shape.rightKeys().forEach(columns::set);
    this.kept = columns.stream().toArray();
    this.places = new int[shape.right().size()];
    Arrays.fill(places, -1);
    for (int i = 0; i < kept.length; i++) {
      places[kept[i]] = i;
    }
  }

  JoinShape shape() {
    return shape;
  }

  TaskContext context() {
    return context;
  }

  /// What was built, once [#combine] is done.
  BuildSide side() {
    BuildSide built = side;
    if (built == null) {
      throw new IllegalStateException(shape.name() + " is probed before it is built");
    }
    return built;
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
      List<RowBuffer> parts = collectors.stream().map(c -> c.buffer).toList();
      RowBuffer rows = RowBuffer.concatenate(parts, reservation);
      long input = collectors.stream().mapToLong(c -> c.input).sum();
      List<ColumnBuffer> keys =
          shape.rightKeys().stream().map(k -> rows.column(places[k])).toList();
      publishFilters(keys, rows.rows());
      var built =
          TableBuilder.build(keys, rows.rows(), shape.onlyAsksForMatch(), reservation, workers);
      if (!(built.table() instanceof GeneralTable)) {
        dropKeys(rows);
      }
      int[] order = built.order();
      if (order != null) {
        order(rows, order, built.table());
        reservation.shrink(TableBuilder.orderBytes(order.length));
      }
      side =
          new BuildSide(
              rows, places, built.table(), built.runs(), marks(rows), input > rows.rows(), input);
      context.metrics().node(shape.id()).add(Counter.PEAK_BYTES, reservation.bytes());
    }
  }

  /// Lays the rows of each key next to each other. A table that compares keys goes on with the
  /// columns that it has, so that of these there are two.
  private void order(RowBuffer rows, int[] order, KeyTable table) {
    BitSet stored = shape.storedColumns();
    for (int i = 0; i < kept.length; i++) {
      if (stored.get(kept[i])) {
        if (table instanceof GeneralTable && shape.rightKeys().contains(kept[i])) {
          reservation.grow(rows.column(i).bytes());
        }
        rows.order(i, order);
      }
    }
  }

  /// Keys that are in the table as numbers are not needed twice.
  private void dropKeys(RowBuffer rows) {
    BitSet stored = shape.storedColumns();
    IntStream.range(0, kept.length).filter(i -> !stored.get(kept[i])).forEach(rows::drop);
  }

  private byte @Nullable [] marks(RowBuffer rows) {
    if (!JoinShape.marksBuildRows(shape.type())) {
      return null;
    }
    reservation.grow(rows.rows());
    return new byte[rows.rows()];
  }

  private void publishFilters(List<ColumnBuffer> keys, int rows) {
    for (var source : shape.runtimeFilters()) {
      runtimeFilters.publish(
          source.filterId(), KeyFilters.of(keys.get(source.key()), rows, reservation));
    }
  }

  @Override
  public void close() {
    synchronized (collectors) {
      collectors.forEach(c -> c.buffer.close());
    }
    reservation.close();
  }

  /// The rows of one driver.
  private final class Collector implements Driver {
    private final RowBuffer buffer;
    private final int[] selection = new int[Batch.MAX_ROWS];
    private long input;

    Collector() {
      List<DataType> types = Arrays.stream(kept).mapToObj(shape.right()::type).toList();
      buffer = new RowBuffer(types, context.memory(), shape.name());
    }

    @Override
    public boolean accept(Batch batch) {
      input += batch.rows();
      buffer.append(shape.keepsNullKeys() ? batch : withKeys(batch), kept);
      return true;
    }

    /// The rows whose keys are all there: others match nothing.
    private Batch withKeys(Batch batch) {
      Batch result = batch;
      for (int key : shape.rightKeys()) {
        Vector vector = batch.column(key);
        long[] validity = vector.validity();
        if (validity != null) {
          int[] rows = result.selection();
          int count = 0;
          for (int i = 0; i < result.rows(); i++) {
            int position = rows == null ? i : rows[i];
            selection[count] = position;
            count += Bitmap.get(validity, position) ? 1 : 0;
          }
          result = result.select(selection, count);
        }
      }
      return result;
    }

    @Override
    public void finish() {}

    /// The rows are the build's, which closes them.
    @Override
    public void close() {}
  }
}
