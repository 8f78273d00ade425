package io.frazil.coordinator.query;

import io.frazil.engine.arrow.ArrowBatchWriter;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.ObjectOutput;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The object that a result goes to, as an Arrow IPC file.
record ResultFile(ObjectStore store, String location) {
  /// What writing takes: a few batches.
  private static final long WRITER_BYTES = 256L << 20;

  /// Writes the rows; the object is there once this returns.
  ///
  /// @param first copies of batches that were taken from the result already
  /// @param current the batch that was taken last
  /// @param rest what is left of it
  void write(Schema schema, List<Batch> first, @Nullable Batch current, BatchReader rest) {
    try (ObjectWriter object = store.create(location);
        var writer =
            ArrowBatchWriter.file(new ObjectOutput(object), schema, new MemoryPool(WRITER_BYTES))) {
      for (Batch batch : first) {
        writer.write(batch);
      }
      if (current != null) {
        writer.write(current);
      }
      for (Batch batch = rest.next(); batch != null; batch = rest.next()) {
        writer.write(batch);
      }
      writer.finish();
      if (!object.commit()) {
        throw new FrazilException(ErrorCode.ALREADY_EXISTS, "'" + location + "' exists already");
      }
    }
  }
}
