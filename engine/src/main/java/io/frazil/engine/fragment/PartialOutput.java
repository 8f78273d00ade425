package io.frazil.engine.fragment;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialWriter;
import io.frazil.engine.hash.RowHash;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;

/// Where a fragment's rows go: each to its partition of the partial.
final class PartialOutput implements AutoCloseable {
  private final Fragment.Output output;
  private final InlineStore store;
  private final PartialWriter writer;
  private final RowHash hash;
  private final List<Integer> keys;
  private final long[] hashes = new long[Batch.MAX_ROWS];

  // Of the rows of a batch, by their numbers: the partition, and the position, partition by
  // partition; of a partition where its rows end there.
  private final int[] partitions = new int[Batch.MAX_ROWS];
  private final int[] positions = new int[Batch.MAX_ROWS];
  private final int[] ends;

  /// The positions of one partition's rows.
  private final int[] selection = new int[Batch.MAX_ROWS];

  PartialOutput(Fragment.Output output, Schema schema, String attempt, TaskContext context) {
    this.output = output;
    this.keys = output.distribution() instanceof Distribution.Hash by ? by.keys() : List.of();
    this.hash = new RowHash(keys.size());
    this.ends = new int[output.partitions()];
    this.store = new InlineStore(context.store(), output.inlineBytesMax());
    this.writer =
        new PartialWriter(
            store,
            output.location(),
            attempt,
            schema,
            output.partitions(),
            output.compression(),
            context.memory());
  }

  void write(Batch batch) {
    if (output.partitions() == 1) {
      writer.write(0, batch);
      return;
    }
    divide(batch);
    int from = 0;
    for (int partition = 0; partition < ends.length; partition++) {
      int count = ends[partition] - from;
      if (count > 0) {
        System.arraycopy(positions, from, selection, 0, count);
        writer.write(partition, batch.select(selection, count));
        from += count;
      }
    }
  }

  /// Makes the partial exist, or finds that of the attempt that was first.
  FragmentResult commit() {
    PartialManifest manifest = writer.commit();
    return new FragmentResult(manifest, store.kept());
  }

  @Override
  public void close() {
    writer.close();
  }

  private void divide(Batch batch) {
    var rows = new Rows(batch.length(), batch.selection(), batch.rows());
    var columns = new Vector[keys.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(keys.get(i));
    }
    hash.hash(columns, rows, hashes);
    Arrays.fill(ends, 0);
    for (int i = 0; i < rows.count(); i++) {
      partitions[i] = RowHash.exchange(hashes[i], ends.length);
      ends[partitions[i]]++;
    }
    int end = 0;
    for (int partition = 0; partition < ends.length; partition++) {
      int count = ends[partition];
      // Where its rows begin, until all are placed.
      ends[partition] = end;
      end += count;
    }
    for (int i = 0; i < rows.count(); i++) {
      positions[ends[partitions[i]]++] = rows.position(i);
    }
  }
}
