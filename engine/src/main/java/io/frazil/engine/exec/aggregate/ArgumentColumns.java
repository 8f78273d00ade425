package io.frazil.engine.exec.aggregate;

import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Dense;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Gather;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The columns of a batch in the forms that accumulators want, each made once for all of them.
final class ArgumentColumns {
  private final Batch batch;
  private final Rows rows;
  private final @Nullable Vector[] dense;
  private final @Nullable Vector[] flat;

  ArgumentColumns(Batch batch, Rows rows) {
    this.batch = batch;
    this.rows = rows;
    this.dense = new Vector[batch.width()];
    this.flat = new Vector[batch.width()];
  }

  /// Only the live rows, without dictionaries.
  Vector[] dense(List<Integer> columns) {
    var out = new Vector[columns.size()];
    Arrays.setAll(out, i -> dense(columns.get(i)));
    return out;
  }

  Vector dense(int column) {
    Vector made = dense[column];
    if (made == null) {
      made = Dense.of(batch.column(column), rows);
      dense[column] = made;
    }
    return made;
  }

  /// Whether [#flat] may be asked for: ids of rows that don't count may be anything.
  boolean canBeFlat(List<Integer> columns) {
    return rows.selection() == null
        || columns.stream().noneMatch(c -> batch.column(c) instanceof DictionaryVector);
  }

  /// All rows, without dictionaries.
  Vector[] flat(List<Integer> columns) {
    var out = new Vector[columns.size()];
    Arrays.setAll(out, i -> flat(columns.get(i)));
    return out;
  }

  private Vector flat(int column) {
    Vector made = flat[column];
    if (made == null) {
      made = Gather.flatten(batch.column(column));
      flat[column] = made;
    }
    return made;
  }
}
