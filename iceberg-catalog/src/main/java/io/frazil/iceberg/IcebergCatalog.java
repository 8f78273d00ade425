package io.frazil.iceberg;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.AppendJournal;
import io.frazil.engine.provider.MutableCatalog;
import io.frazil.engine.provider.Remains;
import io.frazil.engine.provider.TableAppend;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.type.Schema;
import io.frazil.iceberg.scan.SnapshotFileCache;
import io.frazil.iceberg.statistics.StatisticsCache;
import io.frazil.iceberg.type.IcebergTypes;
import io.frazil.iceberg.write.IcebergAppend;
import io.frazil.iceberg.write.Removal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;

/// Any Iceberg catalog as an engine catalog: its namespaces of one level are the schemas. Safe for
/// use by many threads.
public final class IcebergCatalog implements MutableCatalog, AutoCloseable {
  private static final Map<String, String> NEW_TABLE_PROPERTIES =
      Map.of(
          TableProperties.FORMAT_VERSION, "2",
          TableProperties.DEFAULT_FILE_FORMAT, "parquet",
          TableProperties.PARQUET_COMPRESSION, "zstd");

  private final Connection connection;
  private final ObjectStore store;
  private final boolean stagesTables;
  private final Consumer<String> onLocationVacated;
  private final Runnable onClose;
  private final Consumer<Remains> onRemains;
  private final AppendJournal journal;
  private final SnapshotFileCache files;
  private final StatisticsCache statistics;

  /// @param store where the tables' files are
  public <C extends Catalog & SupportsNamespaces> IcebergCatalog(C catalog, ObjectStore store) {
    this(Connection.lasting(catalog), store);
  }

  IcebergCatalog(Connection connection, ObjectStore store) {
    this(connection, store, true);
  }

  /// @param stagesTables whether a table can be made by the commit of its first rows
  IcebergCatalog(Connection connection, ObjectStore store, boolean stagesTables) {
    this(connection, store, stagesTables, _ -> {}, () -> {});
  }

  /// @param onLocationVacated is told the location of a table that is gone, after its files
  /// @param onClose after the catalog itself was closed
  IcebergCatalog(
      Connection connection,
      ObjectStore store,
      Consumer<String> onLocationVacated,
      Runnable onClose) {
    this(connection, store, true, onLocationVacated, onClose);
  }

  private IcebergCatalog(
      Connection connection,
      ObjectStore store,
      boolean stagesTables,
      Consumer<String> onLocationVacated,
      Runnable onClose) {
    this.connection = connection;
    this.store = store;
    this.stagesTables = stagesTables;
    this.onLocationVacated = onLocationVacated;
    this.onClose = onClose;
    this.onRemains = Removal::log;
    this.journal = AppendJournal.NONE;
    this.files = new SnapshotFileCache();
    this.statistics = new StatisticsCache(files);
  }

  private IcebergCatalog(IcebergCatalog same, Consumer<Remains> onRemains, AppendJournal journal) {
    this.connection = same.connection;
    this.store = same.store;
    this.stagesTables = same.stagesTables;
    this.onLocationVacated = same.onLocationVacated;
    this.onClose = same.onClose;
    this.onRemains = onRemains;
    this.journal = journal;
    this.files = same.files;
    this.statistics = same.statistics;
  }

  @Override
  public IcebergCatalog tellingOfRemains(Consumer<Remains> listener) {
    return new IcebergCatalog(this, listener, journal);
  }

  @Override
  public IcebergCatalog keepingJournal(AppendJournal kept) {
    return new IcebergCatalog(this, onRemains, kept);
  }

  @Override
  public List<String> schemas() {
    return IcebergFailure.translating(() ->
        connection.reading(opened -> opened.namespaces().listNamespaces()).stream()
            .filter(namespace -> namespace.length() == 1)
            .map(namespace -> namespace.level(0))
            .sorted()
            .toList());
  }

  @Override
  public List<String> tables(String schema) {
    return IcebergFailure.translating(() -> {
      try {
        return connection
            .reading(opened -> opened.catalog().listTables(Namespace.of(schema)))
            .stream()
            .map(TableIdentifier::name)
            .sorted()
            .toList();
      } catch (RuntimeException e) {
        // Not every catalog says so by NoSuchNamespaceException.
        if (schemaExists(schema)) {
          throw e;
        }
        return List.of();
      }
    });
  }

  @Override
  public Optional<TableProvider> table(String schema, String table, TableVersion version) {
    return IcebergFailure.translating(() ->
        load(schema, table)
            .map(loaded ->
                IcebergTable.open(name(schema, table), loaded, version, statistics, files)));
  }

  @Override
  public void createSchema(String schema) {
    if (schemaExists(schema)) {
      throw new FrazilException(ErrorCode.ALREADY_EXISTS, "Schema '" + schema + "' already exists");
    }
    IcebergFailure.translating(() -> namespaces().createNamespace(Namespace.of(schema)));
  }

  @Override
  public void dropSchema(String schema) {
    requireSchema(schema);
    List<String> tables = tables(schema);
    if (!tables.isEmpty()) {
      throw new FrazilException(
          ErrorCode.CONFLICT,
          "Schema '%s' still has tables: %s".formatted(schema, String.join(", ", tables)));
    }
    IcebergFailure.translating(() -> namespaces().dropNamespace(Namespace.of(schema)));
  }

  @Override
  public void createTable(String schema, String table, Schema columns) {
    requireAbsent(schema, table);
    IcebergFailure.translating(() -> builder(schema, table, columns).create());
  }

  @Override
  public void dropTable(String schema, String table) {
    Table dropped = load(schema, table).orElseThrow(() -> noTable(schema, table));
    IcebergFailure.translating(() -> drop(schema, table, dropped));
  }

  private void drop(String schema, String table, Table dropped) {
    List<String> kept = TableFiles.keptByPurge(dropped);
    if (!catalog().dropTable(TableIdentifier.of(schema, table), true)) {
      throw noTable(schema, table);
    }
    var removal = new Removal(onRemains);
    kept.forEach(file -> removal.of(file, () -> store.delete(file)));
    removal.of("the table's folders", () -> onLocationVacated.accept(dropped.location()));
    removal.tellWhatRemains("the dropped table " + name(schema, table));
  }

  @Override
  public TableAppend append(String schema, String table) {
    Table loaded = load(schema, table).orElseThrow(() -> noTable(schema, table));
    return new IcebergAppend(
        name(schema, table),
        loaded.newTransaction(),
        store,
        () -> false,
        () -> {},
        onRemains,
        journal);
  }

  @Override
  public TableAppend createTableAs(String schema, String table, Schema columns) {
    requireAbsent(schema, table);
    if (!stagesTables) {
      return IcebergFailure.translating(() -> createThenAppend(schema, table, columns));
    }
    return IcebergFailure.translating(() -> {
      Transaction transaction = builder(schema, table, columns).createTransaction();
      String location = transaction.table().location();
      return new IcebergAppend(
          name(schema, table),
          transaction,
          store,
          () -> isAnother(schema, table, transaction.table().uuid()),
          () -> onLocationVacated.accept(location),
          onRemains,
          journal);
    });
  }

  /// The table is there, and empty, until its rows are; without them it goes again.
  private TableAppend createThenAppend(String schema, String table, Schema columns) {
    Table made = builder(schema, table, columns).create();
    return new IcebergAppend(
        name(schema, table),
        made.newTransaction(),
        store,
        () -> false,
        () -> dropMade(schema, table, made),
        onRemains,
        journal);
  }

  private void dropMade(String schema, String table, Table made) {
    if (!isAnother(schema, table, made.uuid())) {
      boolean _ = catalog().dropTable(TableIdentifier.of(schema, table), true);
      onLocationVacated.accept(made.location());
    }
  }

  private boolean isAnother(String schema, String table, UUID made) {
    try {
      return load(schema, table).filter(present -> !present.uuid().equals(made)).isPresent();
    } catch (FrazilException _) {
      return false;
    }
  }

  @Override
  public void close() {
    connection.close();
    onClose.run();
  }

  Catalog catalog() {
    return connection.current().catalog();
  }

  private SupportsNamespaces namespaces() {
    return connection.current().namespaces();
  }

  private Catalog.TableBuilder builder(String schema, String table, Schema columns) {
    return catalog()
        .buildTable(TableIdentifier.of(schema, table), IcebergTypes.icebergSchema(columns))
        .withProperties(NEW_TABLE_PROPERTIES);
  }

  private Optional<Table> load(String schema, String table) {
    return identifier(schema, table)
        .flatMap(name ->
            IcebergFailure.translating(() -> {
              try {
                return Optional.of(connection.reading(opened -> opened.catalog().loadTable(name)));
              } catch (NoSuchTableException | NoSuchNamespaceException e) {
                return Optional.empty();
              }
            }));
  }

  /// Empty of names that no table can have.
  private static Optional<TableIdentifier> identifier(String schema, String table) {
    try {
      return Optional.of(TableIdentifier.of(schema, table));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private boolean schemaExists(String schema) {
    return IcebergFailure.translating(() ->
        connection.reading(opened -> opened.namespaces().namespaceExists(Namespace.of(schema))));
  }

  private void requireSchema(String schema) {
    if (!schemaExists(schema)) {
      throw new FrazilException(
          ErrorCode.SCHEMA_NOT_FOUND, "Schema '" + schema + "' does not exist");
    }
  }

  void requireAbsent(String schema, String table) {
    requireSchema(schema);
    if (load(schema, table).isPresent()) {
      throw new FrazilException(
          ErrorCode.ALREADY_EXISTS, "Table '" + name(schema, table) + "' already exists");
    }
  }

  private static FrazilException noTable(String schema, String table) {
    return new FrazilException(
        ErrorCode.TABLE_NOT_FOUND, "Table '" + name(schema, table) + "' does not exist");
  }

  private static String name(String schema, String table) {
    return schema + "." + table;
  }
}
