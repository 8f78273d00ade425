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
import java.util.Locale;

/// To booleans: zero is false, other numbers are true; texts are those that PostgreSQL knows.
final class CastToBoolean extends Cast {
  CastToBoolean(DataType from, OnError onError) {
    super(from, Types.BOOLEAN, onError);
  }

  @Override
  Vector convert(Vector flat, Positions rows) {
    byte[] out = scratch.bytes(flat.length());
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      out[p] = (byte) (!rows.isNull(p) && truth(flat, p) ? 1 : 0);
    }
    return new BooleanVector(to, out, flat.length(), validity());
  }

  private boolean truth(Vector flat, int p) {
    return switch (flat) {
      case BooleanVector v -> v.values()[p] != 0;
      case IntVector v -> v.values()[p] != 0;
      case LongVector v -> v.values()[p] != 0;
      case Int128Vector v -> (v.high()[p] | v.low()[p]) != 0;
      case DoubleVector v -> v.values()[p] != 0;
      case StringVector v -> parse(v, p);
      case DictionaryVector _ -> throw new AssertionError("operands are flat");
    };
  }

  private boolean parse(StringVector v, int p) {
    String text = v.text(p);
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> true;
      case "false", "f", "no", "n", "off", "0" -> false;
      default -> {
        failToParse(p, v.length(), text);
        yield false;
      }
    };
  }
}
