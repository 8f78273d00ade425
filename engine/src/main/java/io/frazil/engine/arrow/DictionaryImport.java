package io.frazil.engine.arrow;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// Reads ids and the text that they stand for.
///
/// A dictionary of Arrow's may hold nulls, or nothing; ours may not, so rows that refer to a null
/// become null themselves.
final class DictionaryImport {
  private static final StringVector NOTHING =
      new StringVector(Types.VARCHAR, new byte[0], new int[1], new int[1], 1, null);

  private DictionaryImport() {}

  static Vector read(FieldVector ids, FieldVector entries, Field field, int from, int count) {
    if (ArrowSchemas.fromArrow(entries.getField()).type() != Types.VARCHAR) {
      throw ArrowSchemas.unsupported(field.name(), entries.getField().getType());
    }
    int size = entries.getValueCount();
    long[] entryValidity = ColumnImport.validity(entries, 0, size);
    StringVector dictionary =
        size == 0 ? NOTHING : TextImport.read(entries, Types.VARCHAR, 0, size, entryValidity);
    int[] rows = narrow(ids, from, count);
    long[] valid = ColumnImport.validity(ids, from, count);
    ColumnImport.zeroNulls(valid, count, row -> rows[row] = 0);
    for (int i = 0; i < count; i++) {
      boolean present = valid == null || Bitmap.get(valid, i);
      if (present && (rows[i] < 0 || rows[i] >= size)) {
        throw new FrazilException(
            ErrorCode.FILE_CORRUPT,
            "column '%s' refers to entry %d of a dictionary of %d"
                .formatted(field.name(), rows[i], size));
      }
    }
    return new DictionaryVector(
        rows,
        dictionary.withValidity(null),
        count,
        entryValidity == null ? valid : withoutNullEntries(rows, valid, entryValidity, count));
  }

  private static long[] withoutNullEntries(
      int[] rows, long @Nullable [] valid, long[] entryValidity, int count) {
    long[] both = valid == null ? Bitmap.allSet(count) : valid.clone();
    for (int i = 0; i < count; i++) {
      if (!Bitmap.get(entryValidity, rows[i])) {
        Bitmap.clear(both, i);
        rows[i] = 0;
      }
    }
    return both;
  }

  private static int[] narrow(FieldVector ids, int from, int count) {
    if (((BaseFixedWidthVector) ids).getTypeWidth() < Long.BYTES) {
      return ColumnImport.ints(ids, from, count);
    }
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      long id = ids.getDataBuffer().getLong((from + i) * (long) Long.BYTES);
      // What is too large for a dictionary is found out as such.
      rows[i] = Math.clamp(id, -1, Integer.MAX_VALUE);
    }
    return rows;
  }
}
