package io.frazil.session;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.stream.IntStream;

/// The columns of a table that take no NULL, looked after while rows are written into it.
///
/// @param table its name, for messages
/// @param columns those that could get one, by position
record NotNullColumns(String table, Schema schema, List<Integer> columns) {
  /// @param rows what is written, column by column: where it says that a column has no NULL, none
  ///   is looked for
  static NotNullColumns of(String table, Schema schema, Schema rows) {
    List<Integer> columns =
        IntStream.range(0, schema.size())
            .filter(i -> !schema.field(i).nullable() && rows.field(i).nullable())
            .boxed()
            .toList();
    return new NotNullColumns(table, schema, columns);
  }

  /// @throws FrazilException INVALID_QUERY where one of them has a NULL
  void check(Batch batch) {
    for (int column : columns) {
      if (hasNull(batch.column(column), batch)) {
        throw new FrazilException(
            ErrorCode.INVALID_QUERY,
            "Column '%s' of table '%s' is NOT NULL and would get a NULL"
                .formatted(schema.field(column).name(), table));
      }
    }
  }

  private static boolean hasNull(Vector vector, Batch batch) {
    int[] selection = batch.selection();
    for (int i = 0; i < batch.rows(); i++) {
      if (vector.isNull(selection == null ? i : selection[i])) {
        return true;
      }
    }
    return false;
  }
}
