package io.frazil.session;

import io.frazil.engine.provider.CatalogProvider;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What runs statements: this process ([SessionContext]), or a coordinator that is asked to.
public interface SqlSession {
  /// Starts a statement.
  ///
  /// @throws io.frazil.engine.error.FrazilException of class USER where it does not parse or bind,
  ///   from here or from the query's own methods
  QueryHandle sql(String statement);

  /// The same with values for its `?`, from the left.
  QueryHandle sql(String statement, List<? extends @Nullable Object> parameters);

  /// The catalogs by name.
  Map<String, CatalogProvider> catalogs();
}
