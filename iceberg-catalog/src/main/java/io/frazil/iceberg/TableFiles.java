package io.frazil.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.PropertyUtil;

/// Which files are a table's own.
final class TableFiles {
  private TableFiles() {}

  /// The data files that dropping the table leaves although they are its own: of a table over
  /// imported files, which are somebody else's, Iceberg removes none (`gc.enabled=false`), so those
  /// under the table's location are left to us.
  static List<String> keptByPurge(Table table) {
    if (PropertyUtil.propertyAsBoolean(
        table.properties(), TableProperties.GC_ENABLED, TableProperties.GC_ENABLED_DEFAULT)) {
      return List.of();
    }
    String own = table.location() + "/";
    List<String> kept = new ArrayList<>();
    for (String path : dataFiles(table)) {
      if (path.startsWith(own)) {
        kept.add(path);
      }
    }
    return kept;
  }

  private static Set<String> dataFiles(Table table) {
    Set<String> manifests = new HashSet<>();
    Set<String> files = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
        if (manifests.add(manifest.path())) {
          try (CloseableIterable<String> paths =
              ManifestFiles.readPaths(manifest, table.io(), table.specs())) {
            paths.forEach(files::add);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }
    return files;
  }
}
