package io.frazil.engine.exec.aggregate;

import io.frazil.engine.function.AggregateFunction.Accumulator;
import io.frazil.engine.function.GroupedAccumulator;
import io.frazil.engine.function.GroupedRows;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.Dense;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Groups and their accumulators. One thread adds; once that is over, others may read.
///
/// Spilling would go in here: an aggregator that is denied memory gives out its groups as states,
/// begins anew, and the states are merged by partition as those of several drivers are.
final class Aggregator implements AutoCloseable {
  /// So many groups stay in the cache together with what is aggregated of them. With a batch of new
  /// ones they still fill half of a table.
  private static final int CACHED_GROUPS = (1 << 16) - Batch.MAX_ROWS;

  /// Fewer rows a group are not worth going far for.
  private static final int MANY_ROWS = 4;

  private final AggregateShape shape;
  private final Reservation tableReservation;
  private final Reservation reservation;
  private final GroupTable table;
  private final List<Accumulator> accumulators = new ArrayList<>();
  private int accumulatorRoom;
  private long rows;

  private int[] groups = new int[Batch.MAX_ROWS];
  private @Nullable GroupSorter sorter;
  private int[] passing = {};
  private int[] passingGroups = {};

  Aggregator(AggregateShape shape, MemoryPool memory) {
    this.shape = shape;
    this.tableReservation = memory.reservation(shape.name());
    this.reservation = memory.reservation(shape.name());
    this.table = shape.table(tableReservation);
    for (AggregateShape.Call call : shape.calls()) {
      accumulators.add(call.function().accumulator(call.argumentTypes()));
    }
    reserveAccumulators();
  }

  int groups() {
    return table.groups();
  }

  /// Whether it is better to set these groups aside and to begin anew: they are too many for the
  /// cache, lie anywhere, and few rows fell into each.
  boolean isOverfull() {
    return table.groups() >= CACHED_GROUPS
        && rows < MANY_ROWS * (long) table.groups()
        && table.isScattered();
  }

  long bytes() {
    return tableReservation.bytes() + reservation.bytes();
  }

  /// Adds rows of the aggregation's input.
  void add(Batch batch) {
    Rows rows = new Rows(batch.length(), batch.selection(), batch.rows());
    intern(shape.keys(batch.columns()), rows);
    GroupedRows grouped = sort(rows);
    var columns = new ArgumentColumns(batch, rows);
    for (int i = 0; i < accumulators.size(); i++) {
      AggregateShape.Call call = shape.calls().get(i);
      Accumulator accumulator = accumulators.get(i);
      if (call.filter() != null) {
        var condition = (BooleanVector) columns.dense(call.filter());
        updateFiltered(accumulator, columns.dense(call.inputs()), condition);
      } else if (grouped != null
          && accumulator instanceof GroupedAccumulator few
          && columns.canBeFlat(call.inputs())) {
        few.updateGrouped(grouped, columns.flat(call.inputs()));
      } else {
        accumulator.update(groups, columns.dense(call.inputs()), Rows.all(rows.count()));
      }
    }
    reservation.resize(accumulatorBytes());
  }

  /// Adds groups that were aggregated elsewhere: keys first, then each call's states.
  void merge(Vector[] columns, Rows rows) {
    intern(shape.leadingKeys(columns), rows);
    int column = shape.keyCount();
    for (int i = 0; i < accumulators.size(); i++) {
      int width = shape.calls().get(i).state().size();
      var state = new Vector[width];
      for (int s = 0; s < width; s++) {
        state[s] = Dense.of(columns[column++], rows);
      }
      accumulators.get(i).merge(groups, state, Rows.all(rows.count()));
    }
    reservation.resize(accumulatorBytes());
  }

  /// Keys and states of groups `from` to `from + count`.
  Vector[] states(int from, int count) {
    var columns = new ArrayList<Vector>(Arrays.asList(table.keys(from, count)));
    for (Accumulator accumulator : accumulators) {
      columns.addAll(Arrays.asList(accumulator.state(from, count)));
    }
    return columns.toArray(Vector[]::new);
  }

  /// Keys and results of groups `from` to `from + count`.
  Vector[] results(int from, int count) {
    var columns = new ArrayList<Vector>(Arrays.asList(table.keys(from, count)));
    for (Accumulator accumulator : accumulators) {
      columns.add(accumulator.result(from, count));
    }
    return columns.toArray(Vector[]::new);
  }

  @Override
  public void close() {
    tableReservation.close();
    reservation.close();
  }

  private void intern(Vector[] keys, Rows rows) {
    if (groups.length < rows.count()) {
      groups = new int[rows.count()];
    }
    this.rows += rows.count();
    table.intern(keys, rows, groups);
    reserveAccumulators();
  }

  /// Accumulators grow to powers of two: while they do, the old arrays are there beside the new.
  private void reserveAccumulators() {
    int wanted = table.groups();
    if (wanted > accumulatorRoom) {
      accumulatorRoom = Math.toIntExact(Long.highestOneBit(Math.max(1, 2L * wanted - 1)));
      reservation.grow(2 * accumulatorBytes());
    }
    for (Accumulator accumulator : accumulators) {
      accumulator.resize(wanted);
    }
  }

  private long accumulatorBytes() {
    long bytes = 0;
    for (Accumulator accumulator : accumulators) {
      bytes += accumulator.bytes();
    }
    return bytes;
  }

  /// The rows by group where there are few groups; null where that isn't worth it. One group that
  /// has all rows of a batch needs no sorting.
  private @Nullable GroupedRows sort(Rows rows) {
    boolean isAllOfOne = table.groups() == 1 && rows.selection() == null;
    if (table.groups() > GroupSorter.MAX_GROUPS
        || rows.count() < GroupSorter.MIN_ROWS
        || isAllOfOne) {
      return null;
    }
    if (sorter == null) {
      sorter = new GroupSorter();
    }
    return sorter.sort(groups, rows);
  }

  private void updateFiltered(
      Accumulator accumulator, Vector[] arguments, BooleanVector condition) {
    int count = condition.length();
    if (passing.length < count) {
      passing = new int[count];
      passingGroups = new int[count];
    }
    byte[] values = condition.values();
    int number = 0;
    for (int i = 0; i < count; i++) {
      passing[number] = i;
      passingGroups[number] = groups[i];
      number += values[i];
    }
    Rows rows = new Rows(count, passing, number);
    var filtered = new Vector[arguments.length];
    Arrays.setAll(filtered, a -> Dense.of(arguments[a], rows));
    accumulator.update(passingGroups, filtered, Rows.all(number));
  }
}
