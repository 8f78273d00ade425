package io.frazil.engine.arrow;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.BatchReader;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;

/// Reads partitions of what a [PartialWriter] wrote.
public final class PartialReader {
  private PartialReader() {}

  /// The rows of one partition, of its bytes.
  ///
  /// @param location for messages
  /// @param range the partition's bytes, closed with the reader
  /// @param length how many there are
  /// @param schema of the rows, as they were written
  public static BatchReader open(
      String location, ReadableByteChannel range, long length, Schema schema, MemoryPool pool) {
    return ArrowBatchReader.ofPartition(location, range, length, schema, pool);
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
}
