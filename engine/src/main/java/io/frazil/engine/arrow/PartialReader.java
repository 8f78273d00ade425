package io.frazil.engine.arrow;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.BatchReader;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

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
    return new PartitionReader(location, range, length, schema, pool);
  }

  /// The manifest of an object, out of its footer.
  ///
  /// @throws io.frazil.engine.error.FrazilException FILE_CORRUPT where the object is no partial
  public static PartialManifest readManifest(ObjectStore store, String location) {
    try (ObjectReader object = store.open(location)) {
      return PartialManifest.ofFooter(location, object.info().size(), PartialFooter.texts(object));
    } catch (FrazilException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Flatbuffers of bad bytes are met with exceptions of all kinds.
      throw PartialManifest.notAPartial(location, e);
    }
  }
}
