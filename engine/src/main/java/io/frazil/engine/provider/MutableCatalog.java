package io.frazil.engine.provider;

import io.frazil.engine.type.Schema;
import java.util.function.Consumer;

/// A catalog whose tables can be made, filled and dropped. Each operation is atomic: it happened,
/// or it failed and left nothing behind.
public interface MutableCatalog extends CatalogProvider {
  void createSchema(String schema);

  /// @throws io.frazil.engine.error.FrazilException CONFLICT where the schema still has tables
  void dropSchema(String schema);

  /// An empty table.
  ///
  /// @throws io.frazil.engine.error.FrazilException ALREADY_EXISTS, SCHEMA_NOT_FOUND
  void createTable(String schema, String table, Schema columns);

  /// The table and its files.
  void dropTable(String schema, String table);

  /// Begins adding rows to a table.
  TableAppend append(String schema, String table);

  /// Begins a table together with its rows (CREATE TABLE AS): it exists from the commit on, with
  /// all of them.
  TableAppend createTableAs(String schema, String table, Schema columns);

  /// The same catalog to somebody who hears of what could not be removed. It is closed with this
  /// one. A catalog whose files are always removed, or told of elsewhere, is its own.
  default MutableCatalog tellingOfRemains(Consumer<Remains> listener) {
    return this;
  }

  /// The same catalog to somebody who keeps a journal of what it appends. It is closed with this
  /// one. A catalog whose appends leave nothing wherever they are lost is its own.
  default MutableCatalog keepingJournal(AppendJournal journal) {
    return this;
  }
}
