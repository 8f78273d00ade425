package io.frazil.engine.text;

import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;

/// Appends one value's text at a time. Bound to a vector once, it looks at neither type nor class
/// again.
@FunctionalInterface
public interface ValueText {
  /// Appends the text of the value at a position, which is not null.
  void append(int row, TextBuffer out);

  /// The text of the vector's values in SQL.
  static ValueText of(Vector vector) {
    return of(vector, ' ', "+00");
  }

  /// The same with timestamps as in ISO 8601: `2024-01-31T12:34:56.789Z`.
  static ValueText iso(Vector vector) {
    return of(vector, 'T', "Z");
  }

  private static ValueText of(Vector vector, char separator, String zone) {
    return switch (vector) {
      case BooleanVector v -> {
        byte[] values = v.values();
        yield (row, out) -> out.append(values[row] != 0 ? "true" : "false");
      }
      case IntVector v -> {
        int[] values = v.values();
        yield v.type() == DataType.Simple.DATE
            ? (row, out) -> out.appendDate(values[row])
            : (row, out) -> out.appendLong(values[row]);
      }
      case LongVector v -> ofLongs(v, separator, zone);
      case Int128Vector v -> {
        long[] high = v.high();
        long[] low = v.low();
        int scale = v.type() instanceof DataType.Decimal(int _, int s) ? s : 0;
        yield (row, out) -> out.appendDecimal(high[row], low[row], scale);
      }
      case DoubleVector v -> {
        double[] values = v.values();
        yield v.type() == DataType.Simple.REAL
            ? (row, out) -> out.appendFloat((float) values[row])
            : (row, out) -> out.appendDouble(values[row]);
      }
      case StringVector v -> {
        byte[] bytes = v.bytes();
        int[] starts = v.starts();
        int[] lengths = v.lengths();
        yield (row, out) -> out.append(bytes, starts[row], lengths[row]);
      }
      case DictionaryVector v -> {
        int[] ids = v.ids();
        ValueText entries = of(v.dictionary(), separator, zone);
        yield (row, out) -> entries.append(ids[row], out);
      }
    };
  }

  private static ValueText ofLongs(LongVector vector, char separator, String zone) {
    long[] values = vector.values();
    return switch (vector.type()) {
      case DataType.Decimal(int _, int scale) ->
          (row, out) -> out.appendDecimal(values[row], scale);
      case DataType.Timestamp timestamp -> {
        long perSecond = timestamp.unitsPerSecond();
        yield timestamp.zoned()
            ? (row, out) -> out.appendTimestamp(values[row], perSecond, separator).append(zone)
            : (row, out) -> out.appendTimestamp(values[row], perSecond, separator);
      }
      case DataType.Simple _ -> (row, out) -> out.appendLong(values[row]);
    };
  }
}
