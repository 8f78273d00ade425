package io.frazil.engine.exec;

import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Gather;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Copies that outlive the batch they were made of.
public final class BatchCopy {
  private BatchCopy() {}

  /// The live rows alone, sharing nothing with `batch`.
  public static Batch of(Batch batch) {
    Vector[] columns = new Vector[batch.width()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Gather.copy(batch.column(i), batch.selection(), batch.rows());
    }
    return Batch.of(batch.rows(), columns);
  }

  /// What a copy of the live rows holds, in bytes, at most.
  public static long bytes(Batch batch) {
    long total = Long.BYTES;
    for (Vector column : batch.columns()) {
      total += bytes(column, batch);
      total += column.validity() == null ? 0 : batch.rows() / Byte.SIZE + Long.BYTES;
    }
    return total;
  }

  private static long bytes(Vector column, Batch batch) {
    long rows = batch.rows();
    return switch (column) {
      case BooleanVector _ -> rows;
      case IntVector _ -> rows * Integer.BYTES;
      case LongVector _ -> rows * Long.BYTES;
      case DoubleVector _ -> rows * Double.BYTES;
      case Int128Vector _ -> rows * 2 * Long.BYTES;
      case StringVector v -> textBytes(v.lengths(), batch.selection(), batch.rows());
      case DictionaryVector v when v.dictionary() instanceof StringVector entries ->
          rows * Integer.BYTES + dictionaryBytes(v, entries, batch);
      case DictionaryVector _ -> rows * 3 * Long.BYTES;
    };
  }

  /// A copy has the values or, where that is less, the dictionary.
  private static long dictionaryBytes(DictionaryVector ids, StringVector entries, Batch batch) {
    var values = (StringVector) Gather.flatten(ids);
    return Math.max(
        textBytes(values.lengths(), batch.selection(), batch.rows()),
        entries.length() <= batch.rows()
            ? textBytes(entries.lengths(), null, entries.length())
            : 0);
  }

  private static long textBytes(int[] lengths, int @Nullable [] selection, int count) {
    long total = (long) count * 2 * Integer.BYTES;
    for (int i = 0; i < count; i++) {
      total += lengths[selection == null ? i : selection[i]];
    }
    return total;
  }
}
