package io.frazil.engine.arrow;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.jspecify.annotations.Nullable;

/// Reads partitions of what a [PartialWriter] wrote.
public final class PartialReader {
  private PartialReader() {}

  /// The rows of one partition. Nothing else of the object is read: the schema, which the consumer
  /// knows from its plan, put before the partition's record batches makes an Arrow stream.
  ///
  /// @param schema of the rows, as they were written
  public static BatchReader open(
      ObjectStore store, PartialManifest manifest, int partition, Schema schema, MemoryPool pool) {
    PartialManifest.Range range = manifest.partitions().get(partition);
    if (range.rows() == 0) {
      return new NoRows();
    }
    ObjectReader object = store.open(manifest.location());
    if (object.info().size() != manifest.bytes()) {
      object.close();
      throw PartialManifest.notAPartial(manifest.location(), null);
    }
    var channel =
        new PartitionChannel(prologue(schema), object, range.offset(), range.length(), pool);
    return ArrowBatchReader.ofChannel(manifest.location(), channel, pool);
  }

  /// The manifest of an object, out of its footer.
  ///
  /// @throws io.frazil.engine.error.FrazilException FILE_CORRUPT where the object is no partial
  public static PartialManifest readManifest(ObjectStore store, String location) {
    try (ObjectReader object = store.open(location);
        var allocator = new RootAllocator();
        var file =
            new ArrowFileReader(new ObjectChannel(object, 0, object.info().size()), allocator)) {
      file.initialize();
      return PartialManifest.ofFooter(location, object.info().size(), file.getMetaData());
    } catch (FrazilException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Arrow's library meets bad bytes with exceptions of all kinds.
      throw PartialManifest.notAPartial(location, e);
    }
  }

  private static byte[] prologue(Schema schema) {
    var bytes = new ByteArrayOutputStream();
    try {
      MessageSerializer.serialize(
          new WriteChannel(new StreamChannel(bytes)), ArrowSchemas.toArrow(schema));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static final class NoRows implements BatchReader {
    @Override
    public @Nullable Batch next() {
      return null;
    }

    @Override
    public void close() {}
  }
}
