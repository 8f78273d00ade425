package io.frazil.engine.exec.aggregate;

import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads vectors a value at a time, as the model does: integers as Long, decimals as their unscaled
/// BigInteger.
final class VectorValues {
  private VectorValues() {}

  static @Nullable Object value(Vector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (vector) {
      case BooleanVector v -> v.values()[row] != 0;
      case IntVector v -> (long) v.values()[row];
      case LongVector v when v.type() instanceof DataType.Decimal ->
          BigInteger.valueOf(v.values()[row]);
      case LongVector v -> v.values()[row];
      case DoubleVector v -> v.values()[row];
      case StringVector v -> v.text(row);
      case DictionaryVector v -> value(v.dictionary(), v.ids()[row]);
      case Int128Vector v ->
          BigInteger.valueOf(v.high()[row])
              .shiftLeft(64)
              .add(new BigInteger(Long.toUnsignedString(v.low()[row])));
    };
  }

  /// The live rows of a batch.
  static List<List<@Nullable Object>> rows(Batch batch) {
    var rows = new ArrayList<List<@Nullable Object>>();
    for (int i = 0; i < batch.rows(); i++) {
      int position = batch.selection() == null ? i : batch.selection()[i];
      var row = new ArrayList<@Nullable Object>();
      for (Vector column : batch.columns()) {
        row.add(value(column, position));
      }
      rows.add(row);
    }
    return rows;
  }
}
