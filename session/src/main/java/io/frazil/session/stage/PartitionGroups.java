package io.frazil.session.stage;

import io.frazil.session.stage.TaskShare.Partitions;
import java.util.ArrayList;
import java.util.List;

/// Gives partitions that turned out small to one task together:
///
/// ```
///   5 MB, 1 MB, 1 MB, 3 MB, 9 MB   →   [5], [1 + 1 + 3], [9]
/// ```
///
/// A stage is planned for as many partitions as there are workers; most have less to do than that.
final class PartitionGroups {
  private PartitionGroups() {}

  /// Neighbours together until they are worth a task; at least one group.
  ///
  /// @param bytes of each partition, over all inputs
  /// @param bytesMin below which a task is not worth its start
  static List<Partitions> of(long[] bytes, long bytesMin) {
    var groups = new ArrayList<Partitions>();
    int from = 0;
    long held = 0;
    for (int i = 0; i < bytes.length; i++) {
      held += bytes[i];
      if (held >= bytesMin) {
        groups.add(new Partitions(from, i + 1));
        from = i + 1;
        held = 0;
      }
    }
    if (from < bytes.length) {
      // What is left over at the end is not worth a task either.
      int start = groups.isEmpty() ? 0 : groups.removeLast().from();
      groups.add(new Partitions(start, bytes.length));
    }
    return List.copyOf(groups);
  }
}
