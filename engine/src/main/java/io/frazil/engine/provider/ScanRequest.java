package io.frazil.engine.provider;

import io.frazil.engine.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a query wants of a table.
///
/// @param columns positions in the table's schema
/// @param filters conjuncts over the table's schema (column positions are the table's own)
/// @param limit how many rows suffice, or null
public record ScanRequest(List<Integer> columns, List<Expression> filters, @Nullable Long limit) {
  public ScanRequest {
    columns = List.copyOf(columns);
    filters = List.copyOf(filters);
  }
}
