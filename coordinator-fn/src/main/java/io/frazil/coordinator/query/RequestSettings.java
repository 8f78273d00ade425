package io.frazil.coordinator.query;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.QueryRequest;
import io.frazil.session.SessionBuilder;

/// What a request says of the session that its statement is for: the same whether the statement is
/// to run or to be explained.
public final class RequestSettings {
  private RequestSettings() {}

  /// The same builder with a request's own settings.
  ///
  /// @throws FrazilException INVALID_ARGUMENT where they do not fit together
  public static SessionBuilder add(SessionBuilder builder, QueryRequest request) {
    request.views().forEach(builder::view);
    if (request.budgetDollars() != null) {
      SessionBuilder _ = builder.budget(request.budgetDollars());
    }
    String catalog = request.catalog();
    String schema = request.schema();
    if (schema == null) {
      if (catalog != null) {
        throw new FrazilException(
            ErrorCode.INVALID_ARGUMENT, "A request that names a catalog names a schema too");
      }
      return builder;
    }
    return catalog == null ? builder.schema(schema) : builder.defaults(catalog, schema);
  }
}
