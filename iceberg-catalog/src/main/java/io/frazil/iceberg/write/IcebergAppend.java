package io.frazil.iceberg.write;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.AppendJournal;
import io.frazil.engine.provider.Remains;
import io.frazil.engine.provider.TableAppend;
import io.frazil.engine.store.ObjectStore;
import io.frazil.iceberg.IcebergFailure;
import io.frazil.iceberg.statistics.StatisticsFiles;
import io.frazil.iceberg.statistics.TableSketches;
import io.frazil.iceberg.type.TableColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/// Rows on their way into a table, by one Iceberg transaction: files, their snapshot and its
/// sketches become visible together, and where the transaction makes the table, so does that.
public final class IcebergAppend implements TableAppend {
  private final String name;
  private final Transaction transaction;
  private final ObjectStore store;
  private final BooleanSupplier isTaken;
  private final Runnable onAbandoned;
  private final Consumer<Remains> onRemains;
  private final AppendJournal journal;
  private final List<Integer> fieldIds;
  private final DataFolder folder;
  private final TableSketches sketches;
  private final List<RollingWriter> writers = new ArrayList<>();
  private @Nullable String statisticsLocation;
  private boolean settled;

  /// @param transaction not begun to be used
  /// @param isTaken whether the table of this name is another than the one that this makes
  /// @param onAbandoned runs after an append that wasn't committed has removed its files
  /// @param onRemains hears of those of them that it could not remove
  /// @param journal hears of each file before it is begun, and of the commit
  /// @throws FrazilException NOT_SUPPORTED for tables that cannot be written yet
  public IcebergAppend(
      String name,
      Transaction transaction,
      ObjectStore store,
      BooleanSupplier isTaken,
      Runnable onAbandoned,
      Consumer<Remains> onRemains,
      AppendJournal journal) {
    Table table = transaction.table();
    TableColumns columns = TableColumns.of(table.schema(), table.properties());
    if (table.spec().isPartitioned()) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "Table %s is partitioned; writing into such tables is not supported yet".formatted(name));
    }
    if (!columns.unsupported().isEmpty()) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "Table %s has columns of types that cannot be written yet: %s"
              .formatted(name, columns.unsupported()));
    }
    this.name = name;
    this.transaction = transaction;
    this.store = store;
    this.isTaken = isTaken;
    this.onAbandoned = onAbandoned;
    this.onRemains = onRemains;
    this.journal = journal;
    this.fieldIds = columns.fields().stream().map(NestedField::fieldId).toList();
    this.folder = new DataFolder(store, table.locationProvider(), columns, journal);
    this.sketches = new TableSketches(fieldIds.size());
  }

  @Override
  public Writer writer() {
    var writer = new RollingWriter(folder, sketches.collector());
    synchronized (writers) {
      writers.add(writer);
    }
    return writer;
  }

  @Override
  public long commit() {
    List<DataFile> files = folder.files();
    if (!files.isEmpty()) {
      IcebergFailure.translating(() -> add(files));
    }
    journal.commits();
    // From here on it may have happened, whatever is raised: files that may be the table's stay.
    settled = true;
    try {
      transaction.commitTransaction();
    } catch (RuntimeException e) {
      settled = !(IcebergFailure.isClean(e) || isLost(e));
      throw IcebergFailure.ofCommit(e);
    }
    return files.stream().mapToLong(DataFile::recordCount).sum();
  }

  /// That a table is there already may be the answer to the same commit, sent again.
  private boolean isLost(RuntimeException failure) {
    return failure instanceof AlreadyExistsException && isTaken.getAsBoolean();
  }

  private void add(List<DataFile> files) {
    boolean complete = StatisticsFiles.addPresent(transaction.table(), fieldIds, sketches);
    AppendFiles append = transaction.newAppend();
    files.forEach(append::appendFile);
    append.commit();
    if (complete) {
      transaction.updateStatistics().setStatistics(writeSketches()).commit();
    }
  }

  private StatisticsFile writeSketches() {
    Table table = transaction.table();
    Snapshot snapshot = table.currentSnapshot();
    String location =
        "%s/metadata/%d-%s.stats"
            .formatted(table.location(), snapshot.snapshotId(), UUID.randomUUID());
    statisticsLocation = location;
    return StatisticsFiles.write(table.io(), location, snapshot, fieldIds, sketches);
  }

  /// Without a commit, removes every file, unless the store refuses to: what remains is told to a
  /// listener, as whoever closes has an error of his own to tell.
  @Override
  public void close() {
    if (settled) {
      return;
    }
    settled = true;
    var removal = new Removal(onRemains);
    synchronized (writers) {
      writers.forEach(writer -> removal.of("an unfinished file", writer::abandon));
    }
    folder
        .files()
        .forEach(file -> removal.of(file.location(), () -> store.delete(file.location())));
    String sketchesLocation = statisticsLocation;
    if (sketchesLocation != null) {
      removal.of(sketchesLocation, () -> store.delete(sketchesLocation));
    }
    removal.of("the table's folders", onAbandoned);
    removal.tellWhatRemains("rows that did not become part of " + name);
  }
}
