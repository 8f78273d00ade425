package io.frazil.engine.provider;

import java.util.Map;

/// A table that also has columns which the engine cannot read. They are not in its schema;
/// [TableProvider#columns] are the others, which work. Naming one of these is NOT_SUPPORTED rather
/// than COLUMN_NOT_FOUND.
public interface PartiallySupported {
  /// The types of the columns left out, as the table's format calls them, by name.
  Map<String, String> unsupportedColumns();
}
