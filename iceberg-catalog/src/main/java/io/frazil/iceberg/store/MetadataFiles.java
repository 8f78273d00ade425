package io.frazil.iceberg.store;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.inmemory.InMemoryInputFile;

/// Says of a table's metadata that it is damaged. A catalog that reads it from a file takes what it
/// cannot parse for a store that is not available, and reads it again for minutes
/// (`BaseMetastoreTableOperations`): so a file that is asked for once more is looked at here. Of
/// those that are right that is done once.
///
/// Safe for use by many threads.
final class MetadataFiles {
  private static final int KNOWN_MAX = 1_000;

  /// What is larger is left to the catalog.
  private static final long BYTES_MAX = 64 << 20;

  private enum Known {
    ASKED_FOR,
    RIGHT
  }

  private final Map<ObjectInfo, Known> files = new LinkedHashMap<>();

  /// @throws FrazilException FILE_CORRUPT
  void check(String location, ObjectReader object) {
    ObjectInfo info = object.info();
    if (!isMetadata(location) || info.size() > BYTES_MAX || !isAskedForAgain(info)) {
      return;
    }
    var bytes = new byte[(int) info.size()];
    object.read(0, bytes, 0, bytes.length);
    try {
      Object _ = TableMetadataParser.read(new InMemoryInputFile(location, bytes));
    } catch (RuntimeException e) {
      throw new FrazilException(
          ErrorCode.FILE_CORRUPT,
          "'%s' is not the metadata of an Iceberg table, or is damaged".formatted(location),
          e);
    }
    synchronized (files) {
      files.replace(info, Known.RIGHT);
    }
  }

  private boolean isAskedForAgain(ObjectInfo info) {
    synchronized (files) {
      Known known = files.putIfAbsent(info, Known.ASKED_FOR);
      if (files.size() > KNOWN_MAX) {
        files.remove(files.keySet().iterator().next());
      }
      return known == Known.ASKED_FOR;
    }
  }

  private static boolean isMetadata(String location) {
    return location.endsWith(".metadata.json") || location.endsWith(".metadata.json.gz");
  }
}
