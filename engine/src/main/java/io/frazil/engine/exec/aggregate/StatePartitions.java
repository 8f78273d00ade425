package io.frazil.engine.exec.aggregate;

import io.frazil.engine.hash.RowHash;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;

/// The groups of one driver in the order of their partitions: the columns stay as they are, each
/// partition is a list of rows in them.
final class StatePartitions implements AutoCloseable {
  /// How many there are: enough that one of them fits the cache at a few million groups.
  static final int COUNT = 64;

  private final Reservation reservation;
  private final Vector[] columns;
  private final int[] rows;

  /// Where each partition ends in `rows`.
  private final int[] ends;

  private StatePartitions(Reservation reservation, Vector[] columns, int[] rows, int[] ends) {
    this.reservation = reservation;
    this.columns = columns;
    this.rows = rows;
    this.ends = ends;
  }

  static StatePartitions of(Aggregator groups, AggregateShape shape, MemoryPool memory) {
    Reservation reservation = memory.reservation(shape.name());
    try {
      int count = groups.groups();
      reservation.grow(groups.bytes() + (long) count * (Integer.BYTES + Byte.BYTES));
      Vector[] columns = groups.states(0, count);
      byte[] partitions = partitions(shape.leadingKeys(columns), count);
      int[] ends = new int[COUNT];
      int[] rows = sort(partitions, count, ends);
      return new StatePartitions(reservation, columns, rows, ends);
    } catch (RuntimeException | Error e) {
      reservation.close();
      throw e;
    }
  }

  /// Merges the groups of one partition into `target`.
  void mergeInto(Aggregator target, int partition) {
    int from = partition == 0 ? 0 : ends[partition - 1];
    while (from < ends[partition]) {
      int to = Math.min(ends[partition], from + Batch.MAX_ROWS);
      int[] selection = Arrays.copyOfRange(rows, from, to);
      target.merge(columns, new Rows(columns[0].length(), selection, to - from));
      from = to;
    }
  }

  @Override
  public void close() {
    reservation.close();
  }

  private static byte[] partitions(Vector[] keys, int count) {
    byte[] out = new byte[count];
    var rowHash = new RowHash(keys.length);
    long[] hashes = new long[Batch.MAX_ROWS];
    int[] selection = new int[Batch.MAX_ROWS];
    for (int from = 0; from < count; from += selection.length) {
      int number = Math.min(selection.length, count - from);
      for (int i = 0; i < number; i++) {
        selection[i] = from + i;
      }
      rowHash.hash(keys, new Rows(count, selection, number), hashes);
      for (int i = 0; i < number; i++) {
        out[from + i] = (byte) RowHash.partition(hashes[i], COUNT);
      }
    }
    return out;
  }

  /// A counting sort, which keeps the order of rows within a partition.
  private static int[] sort(byte[] partitions, int count, int[] ends) {
    int[] next = new int[COUNT + 1];
    for (int i = 0; i < count; i++) {
      next[partitions[i] + 1]++;
    }
    for (int p = 1; p <= COUNT; p++) {
      next[p] += next[p - 1];
    }
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[next[partitions[i]]++] = i;
    }
    System.arraycopy(next, 0, ends, 0, COUNT);
    return rows;
  }
}
