package io.frazil.iceberg;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.TableVersion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/// The state of a table that a [TableVersion] means.
///
/// @param snapshot none where the table was never written to
/// @param schema the current one for the current state, the snapshot's own for the past
record SnapshotSelection(@Nullable Snapshot snapshot, Schema schema) {
  /// How many snapshots an error message lists.
  private static final int LISTED_MAX = 8;

  /// @param name of the table, for messages
  /// @throws FrazilException INVALID_ARGUMENT where there is no such version, with those there are
  static SnapshotSelection of(String name, Table table, TableVersion version) {
    return switch (version) {
      case TableVersion.Current() -> new SnapshotSelection(table.currentSnapshot(), table.schema());
      case TableVersion.Snapshot(long id) -> {
        Snapshot snapshot = table.snapshot(id);
        if (snapshot == null) {
          throw missing("Table %s has no snapshot %d. ".formatted(name, id) + snapshots(table));
        }
        yield past(table, snapshot);
      }
      case TableVersion.Reference(String reference) -> {
        SnapshotRef found = table.refs().get(reference);
        if (found == null) {
          throw missing(
              "Table %s has no branch or tag '%s'. ".formatted(name, reference)
                  + references(table));
        }
        yield new SnapshotSelection(
            table.snapshot(found.snapshotId()), SnapshotUtil.schemaFor(table, reference));
      }
      case TableVersion.AsOf(long micros) -> past(table, asOf(name, table, micros));
    };
  }

  private static SnapshotSelection past(Table table, Snapshot snapshot) {
    return new SnapshotSelection(snapshot, SnapshotUtil.schemaFor(table, snapshot.snapshotId()));
  }

  private static Snapshot asOf(String name, Table table, long micros) {
    Snapshot newest = null;
    for (HistoryEntry entry : table.history()) {
      if (entry.timestampMillis() <= Math.floorDiv(micros, 1000L)) {
        newest = table.snapshot(entry.snapshotId());
      }
    }
    if (newest == null) {
      throw missing(
          "Table %s has no snapshot as of %s. "
                  .formatted(name, Instant.EPOCH.plus(micros, ChronoUnit.MICROS))
              + snapshots(table));
    }
    return newest;
  }

  private static String snapshots(Table table) {
    List<String> listed = new ArrayList<>();
    for (Snapshot snapshot : table.snapshots()) {
      listed.add(
          "%d (%s)"
              .formatted(snapshot.snapshotId(), Instant.ofEpochMilli(snapshot.timestampMillis())));
    }
    if (listed.isEmpty()) {
      return "It has none: nothing was written to it yet";
    }
    int skipped = Math.max(0, listed.size() - LISTED_MAX);
    return (skipped == 0 ? "It has " : "Its newest are ")
        + String.join(", ", listed.subList(skipped, listed.size()));
  }

  private static String references(Table table) {
    Map<String, SnapshotRef> references = new TreeMap<>(table.refs());
    if (references.isEmpty()) {
      return "It has none: nothing was written to it yet";
    }
    return "It has "
        + String.join(
            ", ",
            references.entrySet().stream()
                .map(e -> e.getKey() + (e.getValue().isBranch() ? " (branch)" : " (tag)"))
                .toList());
  }

  private static FrazilException missing(String message) {
    return new FrazilException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
