package io.frazil.engine.fragment;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialWriter;
import io.frazil.engine.hash.ExchangedRows;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import java.util.List;

/// Where a fragment's rows go: each to its partition of the partial.
final class PartialOutput implements AutoCloseable {
  private final Fragment.Output output;
  private final InlineStore store;
  private final PartialWriter writer;
  private final ExchangedRows rows;

  /// The positions of one partition's rows.
  private final int[] selection = new int[Batch.MAX_ROWS];

  PartialOutput(Fragment.Output output, Schema schema, String attempt, TaskContext context) {
    this.output = output;
    this.rows =
        new ExchangedRows(
            output.distribution() instanceof Distribution.Hash by ? by.keys() : List.of(),
            output.partitions());
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
    rows.divide(batch);
    for (int partition = 0; partition < rows.tasks(); partition++) {
      int count = rows.of(partition, selection);
      if (count > 0) {
        writer.write(partition, batch.select(selection, count));
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
}
