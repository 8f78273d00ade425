package io.frazil.engine.exec.aggregate;

import io.frazil.engine.hash.RowHash;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Gather;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;

/// Groups that were set aside, as columns of their keys and states, by partition: those of one lie
/// next to each other. Shares nothing with the aggregator they come from.
final class StatePartitions implements AutoCloseable {
  /// How many there are: enough that one of them fits the cache at a few million groups.
  static final int COUNT = 64;

  private final Reservation reservation;
  private final Vector[] columns;

  /// Where each partition ends.
  private final int[] ends;

  private StatePartitions(Reservation reservation, Vector[] columns, int[] ends) {
    this.reservation = reservation;
    this.columns = columns;
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
      int[] order = order(partitions, count, ends);
      long bytes = 0;
      for (int i = 0; i < columns.length; i++) {
        reservation.grow(bytes(columns[i]));
        columns[i] = Gather.copy(columns[i], order, count);
        bytes += bytes(columns[i]);
      }
      reservation.resize(bytes);
      return new StatePartitions(reservation, columns, ends);
    } catch (RuntimeException | Error e) {
      reservation.close();
      throw e;
    }
  }

  /// What is held, in bytes.
  long bytes() {
    return reservation.bytes();
  }

  /// Merges the groups of one partition into `target`.
  void mergeInto(Aggregator target, int partition) {
    int from = partition == 0 ? 0 : ends[partition - 1];
    while (from < ends[partition]) {
      int to = Math.min(ends[partition], from + Batch.MAX_ROWS);
      int[] selection = new int[to - from];
      for (int i = 0; i < selection.length; i++) {
        selection[i] = from + i;
      }
      target.merge(columns, new Rows(columns[0].length(), selection, to - from));
      from = to;
    }
  }

  @Override
  public void close() {
    reservation.close();
    Arrays.fill(columns, Gather.nulls(columns[0].type(), 0));
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
  private static int[] order(byte[] partitions, int count, int[] ends) {
    int[] next = new int[COUNT + 1];
    for (int i = 0; i < count; i++) {
      next[partitions[i] + 1]++;
    }
    for (int p = 1; p <= COUNT; p++) {
      next[p] += next[p - 1];
    }
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[next[partitions[i]]++] = i;
    }
    System.arraycopy(next, 0, ends, 0, COUNT);
    return order;
  }

  /// What a column holds, and a copy of it.
  private static long bytes(Vector column) {
    long rows = column.length();
    long validity = column.validity() == null ? 0 : (long) Bitmap.words(column.length()) << 3;
    return validity
        + switch (column) {
          case BooleanVector _ -> rows;
          case IntVector _ -> rows * Integer.BYTES;
          case LongVector _ -> rows * Long.BYTES;
          case DoubleVector _ -> rows * Double.BYTES;
          case Int128Vector _ -> rows * 2 * Long.BYTES;
          case StringVector v -> rows * 2 * Integer.BYTES + v.bytes().length;
          case DictionaryVector v -> rows * Integer.BYTES + bytes(v.dictionary());
        };
  }
}
