package io.frazil.engine.hash;

import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;

/// The rows of one batch at a time, divided among the tasks that an exchange sends them to
/// ([RowHash#exchange]). Keeps scratch space: one thread's.
public final class ExchangedRows {
  private final List<Integer> keys;
  private final RowHash hash;
  private final long[] hashes = new long[Batch.MAX_ROWS];

  // Of the rows of a batch, by their numbers: the task, and the position, task by task; of a task
  // where its rows end there.
  private final int[] tasks = new int[Batch.MAX_ROWS];
  private final int[] positions = new int[Batch.MAX_ROWS];
  private final int[] ends;

  /// @param keys columns
  /// @param tasks how many
  public ExchangedRows(List<Integer> keys, int tasks) {
    this.keys = List.copyOf(keys);
    this.hash = new RowHash(keys.size());
    this.ends = new int[tasks];
  }

  public int tasks() {
    return ends.length;
  }

  /// Divides a batch's rows. What was said of the batch before no longer holds.
  public void divide(Batch batch) {
    var rows = new Rows(batch.length(), batch.selection(), batch.rows());
    var columns = new Vector[keys.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(keys.get(i));
    }
    hash.hash(columns, rows, hashes);
    Arrays.fill(ends, 0);
    count(hashes, rows.count(), tasks, ends);
    int end = 0;
    for (int task = 0; task < ends.length; task++) {
      int count = ends[task];
      // Where its rows begin, until all are placed.
      ends[task] = end;
      end += count;
    }
    place(rows, tasks, ends, positions);
  }

  /// Writes the positions of one task's rows, ascending, to the begin of `out`.
  ///
  /// @return how many there are
  public int of(int task, int[] out) {
    int from = task == 0 ? 0 : ends[task - 1];
    int count = ends[task] - from;
    System.arraycopy(positions, from, out, 0, count);
    return count;
  }

  private static void count(long[] hashes, int rows, int[] tasks, int[] counts) {
    for (int i = 0; i < rows; i++) {
      int task = RowHash.exchange(hashes[i], counts.length);
      tasks[i] = task;
      counts[task]++;
    }
  }

  private static void place(Rows rows, int[] tasks, int[] next, int[] positions) {
    for (int i = 0; i < rows.count(); i++) {
      positions[next[tasks[i]]++] = rows.position(i);
    }
  }
}
