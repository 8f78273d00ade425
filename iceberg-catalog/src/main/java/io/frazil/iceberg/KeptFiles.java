package io.frazil.iceberg;

import io.frazil.engine.provider.ScanPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.FileScanTask;

/// What manifests say of the files that a scan reads.
final class KeptFiles {
  private KeptFiles() {}

  /// Empty where a file's metadata has no sizes of its columns, which others may leave out, or was
  /// read without.
  static Optional<ScanPlan.Kept> of(List<FileScanTask> files, List<Integer> fieldIds) {
    long rows = 0;
    long[] bytes = new long[fieldIds.size()];
    for (FileScanTask task : files) {
      Map<Integer, Long> sizes = task.file().columnSizes();
      if (sizes == null || sizes.isEmpty()) {
        return Optional.empty();
      }
      rows += task.file().recordCount();
      for (int i = 0; i < bytes.length; i++) {
        // A file without the column has nothing of it to read.
        bytes[i] += sizes.getOrDefault(fieldIds.get(i), 0L);
      }
    }
    var columns = new ArrayList<Long>();
    for (long size : bytes) {
      columns.add(size);
    }
    return Optional.of(new ScanPlan.Kept(rows, columns));
  }
}
