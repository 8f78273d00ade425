package io.frazil.engine.kernel;

import io.frazil.engine.expression.Expression.OnError;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.math.BigDecimal;

/// To text: what reads back as the same value.
final class CastToText extends Cast {
  private final TextBuilder text = new TextBuilder();

  CastToText(DataType from, OnError onError) {
    super(from, Types.VARCHAR, onError);
  }

  @Override
  Vector convert(Vector flat, Positions rows) {
    if (flat instanceof StringVector) {
      return flat;
    }
    text.start(flat.length());
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      if (rows.isNull(p)) {
        text.endNull(p);
      } else {
        write(flat, p, text);
        text.end(p);
      }
    }
    return text.vector(flat.validity());
  }

  private static void write(Vector flat, int p, TextBuilder out) {
    DataType type = flat.type();
    switch (flat) {
      case BooleanVector v -> out.append(v.values()[p] != 0 ? "true" : "false");
      case IntVector v when type == Types.DATE -> TimeText.date(v.values()[p], out);
      case IntVector v -> out.append(Integer.toString(v.values()[p]));
      case LongVector v -> out.append(text(v.values()[p], type, out));
      case Int128Vector v ->
          out.append(
              new BigDecimal(Int128.big(v.high()[p], v.low()[p]), ((DataType.Decimal) type).scale())
                  .toPlainString());
      case DoubleVector v ->
          out.append(
              type == Types.REAL
                  ? NumberText.of((float) v.values()[p])
                  : NumberText.of(v.values()[p]));
      case StringVector v -> out.append(v.bytes(), v.starts()[p], v.lengths()[p]);
      case DictionaryVector _ -> throw new AssertionError("operands are flat");
    }
  }

  /// What is still to be written of a long.
  private static String text(long value, DataType type, TextBuilder out) {
    return switch (type) {
      case DataType.Timestamp timestamp -> {
        TimeText.timestamp(value, timestamp.unitsPerSecond(), out);
        yield timestamp.zoned() ? "+00" : "";
      }
      case DataType.Decimal(int _, int scale) when scale > 0 ->
          BigDecimal.valueOf(value, scale).toPlainString();
      case DataType.Decimal _, DataType.Simple _ -> Long.toString(value);
    };
  }
}
