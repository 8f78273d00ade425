package io.frazil.iceberg;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.plan.Split;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.iceberg.imports.FileLocations;
import io.frazil.iceberg.imports.ImportedFile;
import io.frazil.iceberg.imports.ImportedSchema;
import io.frazil.iceberg.statistics.StatisticsFiles;
import io.frazil.iceberg.statistics.TableSketches;
import io.frazil.iceberg.type.TableColumns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Types.NestedField;

/// Makes a table of Parquet files that exist, without rewriting them: statistics and row groups
/// come from their footers, columns are found by the files' field ids or, where they have none, by
/// a name mapping.
///
/// The files stay their owner's: dropping the table leaves them where they are, and whoever changes
/// them breaks the table.
public final class TableImport {
  private static final int FORMAT_VERSION = 2;

  private final IcebergCatalog catalog;
  private final ObjectStore store;
  private final Optional<ColumnScanner> scanner;

  private TableImport(IcebergCatalog catalog, ObjectStore store, Optional<ColumnScanner> scanner) {
    this.catalog = catalog;
    this.store = store;
    this.scanner = scanner;
  }

  /// @param store where the files are
  public static TableImport into(IcebergCatalog catalog, ObjectStore store) {
    return new TableImport(catalog, store, Optional.empty());
  }

  /// The same, but also counting the distinct values of each column by reading all of them.
  public TableImport analyzing(ColumnScanner scanner) {
    return new TableImport(catalog, store, Optional.of(scanner));
  }

  /// What came of an import.
  public record Imported(long files, long rows, long bytes) {}

  /// Makes the table.
  ///
  /// @param files paths, folders and patterns
  /// @throws FrazilException FILE_NOT_FOUND, FILE_CORRUPT; TYPE_MISMATCH where the files don't
  ///   agree; NOT_SUPPORTED where a column cannot be read; ALREADY_EXISTS
  public Imported create(String schema, String table, List<String> files) {
    catalog.requireAbsent(schema, table);
    List<ImportedFile> imported =
        FileLocations.expand(files).stream()
            .map(location -> ImportedFile.read(store, location))
            .toList();
    if (imported.isEmpty()) {
      throw new FrazilException(ErrorCode.INVALID_ARGUMENT, "An import needs at least one file");
    }
    ImportedSchema columns = ImportedSchema.of(imported);
    return IcebergFailure.translating(() -> {
      // Before anything is written: damaged data then leaves nothing.
      Optional<TableSketches> counted = scanner.map(scan -> count(columns, scan, imported));
      Transaction transaction = begin(TableIdentifier.of(schema, table), columns);
      return commit(transaction, columns, imported, counted);
    });
  }

  private static Imported commit(
      Transaction transaction,
      ImportedSchema columns,
      List<ImportedFile> files,
      Optional<TableSketches> counted) {
    AppendFiles append = transaction.newAppend();
    files.forEach(file -> append.appendFile(file.dataFile(columns.schema())));
    append.commit();
    counted.ifPresent(sketches ->
        transaction
            .updateStatistics()
            .setStatistics(written(transaction.table(), sketches))
            .commit());
    try {
      transaction.commitTransaction();
    } catch (RuntimeException e) {
      throw IcebergFailure.ofCommit(e);
    }
    return new Imported(
        files.size(),
        files.stream().mapToLong(file -> file.footer().getNum_rows()).sum(),
        files.stream().mapToLong(ImportedFile::size).sum());
  }

  private static Map<String, String> properties(ImportedSchema columns) {
    Map<String, String> properties = new HashMap<>();
    // Data files are not the table's to remove.
    properties.put(TableProperties.GC_ENABLED, "false");
    properties.put(TableProperties.PARQUET_COMPRESSION, "zstd");
    if (columns.byName()) {
      properties.put(
          TableProperties.DEFAULT_NAME_MAPPING,
          NameMappingParser.toJson(MappingUtil.create(columns.schema())));
    }
    return properties;
  }

  private Transaction begin(TableIdentifier name, ImportedSchema columns) {
    Map<String, String> properties = properties(columns);
    Transaction transaction =
        catalog
            .catalog()
            .buildTable(name, columns.schema())
            .withProperties(properties)
            .withProperty(TableProperties.FORMAT_VERSION, Integer.toString(FORMAT_VERSION))
            .createTransaction();
    return transaction.table().schema().sameSchema(columns.schema())
        ? transaction
        : withIds(name, transaction, columns.schema(), properties);
  }

  /// A new table's field ids count from 1 whatever is asked for; where the files say otherwise, its
  /// first metadata is put together here.
  private static Transaction withIds(
      TableIdentifier name, Transaction renumbered, Schema schema, Map<String, String> properties) {
    if (!(renumbered instanceof BaseTransaction base)) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "This catalog cannot make tables with the field ids of the files of '" + name + "'");
    }
    TableMetadata metadata =
        TableMetadata.buildFromEmpty(FORMAT_VERSION)
            .assignUUID()
            .setLocation(renumbered.table().location())
            .setCurrentSchema(schema, schema.highestFieldId())
            .setDefaultPartitionSpec(PartitionSpec.unpartitioned())
            .setDefaultSortOrder(SortOrder.unsorted())
            .setProperties(properties)
            .build();
    return Transactions.createTableTransaction(name.toString(), base.underlyingOps(), metadata);
  }

  private static TableSketches count(
      ImportedSchema imported, ColumnScanner scanner, List<ImportedFile> files) {
    TableColumns columns = TableColumns.of(imported.schema(), properties(imported));
    List<Split.Parquet> splits =
        files.stream()
            .map(file ->
                new Split.Parquet(file.location(), 0, file.size(), file.size(), null, Map.of()))
            .toList();
    var sketches = new TableSketches(columns.columns().size());
    try (TableSketches.Collector collector = sketches.collector();
        BatchReader reader = scanner.scan(columns.columns(), splits)) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        collector.add(batch);
      }
    }
    return sketches;
  }

  private static StatisticsFile written(Table table, TableSketches sketches) {
    TableColumns columns = TableColumns.of(table.schema(), table.properties());
    Snapshot snapshot = table.currentSnapshot();
    return StatisticsFiles.write(
        table.io(),
        "%s/metadata/%d-%s.stats"
            .formatted(table.location(), snapshot.snapshotId(), UUID.randomUUID()),
        snapshot,
        columns.fields().stream().map(NestedField::fieldId).toList(),
        sketches);
  }
}
