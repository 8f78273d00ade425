package io.frazil.engine.provider;

import java.util.List;
import java.util.Optional;

/// Tables by schema and name. Names are exact; folding unquoted ones is the planner's.
public interface CatalogProvider {
  List<String> schemas();

  /// The tables of a schema, by name; none where there is no such schema.
  List<String> tables(String schema);

  /// The table at a version.
  ///
  /// @throws io.frazil.engine.error.FrazilException where the version does not exist
  Optional<TableProvider> table(String schema, String table, TableVersion version);
}
