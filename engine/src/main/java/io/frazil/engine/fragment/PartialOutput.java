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
import java.util.List;

/// Where a fragment's rows go: each to its partition of the partial.
final class PartialOutput implements AutoCloseable {
  private final Fragment.Output output;
  private final InlineStore store;
  private final PartialWriter writer;
  private final RowHash hash;
  private final List<Integer> keys;
  private final long[] hashes = new long[Batch.MAX_ROWS];
  private final int[][] positions;
  private final int[] counts;

  PartialOutput(Fragment.Output output, Schema schema, String attempt, TaskContext context) {
    this.output = output;
    this.keys =
        switch (output.distribution()) {
          case Distribution.Gather _, Distribution.Broadcast _ -> List.of();
          case Distribution.Hash(var columns, int _) -> columns;
        };
    int partitions = output.partitions();
    this.hash = new RowHash(keys.size());
    this.positions = partitions == 1 ? new int[0][] : new int[partitions][Batch.MAX_ROWS];
    this.counts = new int[partitions];
    this.store = new InlineStore(context.store(), output.inlineBytesMax());
    this.writer =
        new PartialWriter(
            store,
            output.location(),
            attempt,
            schema,
            partitions,
            output.compression(),
            context.memory());
  }

  void write(Batch batch) {
    if (output.partitions() == 1) {
      writer.write(0, batch);
      return;
    }
    divide(batch);
    for (int partition = 0; partition < counts.length; partition++) {
      if (counts[partition] > 0) {
        writer.write(partition, batch.select(positions[partition], counts[partition]));
        counts[partition] = 0;
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
    Vector[] columns = keys.stream().map(batch::column).toArray(Vector[]::new);
    hash.hash(columns, rows, hashes);
    for (int i = 0; i < rows.count(); i++) {
      int partition = RowHash.exchange(hashes[i], counts.length);
      positions[partition][counts[partition]++] = rows.position(i);
    }
  }
}
