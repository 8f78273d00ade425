package io.frazil.engine.arrow;

import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/// Copies batches into an Arrow root: live rows only, out of dictionaries, in the widths that the
/// types have in Arrow. One thread's.
public final class ArrowExport {
  private final Schema schema;
  private final BatchAppender rows;

  public ArrowExport(Schema schema) {
    this.schema = schema;
    this.rows = new BatchAppender(schema);
  }

  /// An empty root of the schema, which belongs to the caller.
  public VectorSchemaRoot newRoot(BufferAllocator allocator) {
    return VectorSchemaRoot.create(ArrowSchemas.toArrow(schema), allocator);
  }

  /// Makes `root`, one of [#newRoot], hold the batch; its buffers are reused where they suffice.
  public void write(Batch batch, VectorSchemaRoot root) {
    rows.append(batch, 0, batch.rows());
    rows.moveTo(root);
  }
}
