package io.frazil.engine.kernel;

import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;

/// The order of two single values, for what isn't worth a loop of its own.
public final class Ordering {
  private Ordering() {}

  /// Negative, zero or positive. Both vectors are flat and of one type, both rows are not null.
  public static int compare(Vector a, int i, Vector b, int j) {
    return switch (a) {
      case StringVector x -> Text.compare(x, i, (StringVector) b, j);
      case DoubleVector x ->
          Long.compare(Keys.of(x.values()[i]), Keys.of(((DoubleVector) b).values()[j]));
      case IntVector x -> Integer.compare(x.values()[i], ((IntVector) b).values()[j]);
      case BooleanVector x -> Byte.compare(x.values()[i], ((BooleanVector) b).values()[j]);
      case LongVector _, Int128Vector _ ->
          Int128.compare(high(a, i), low(a, i), high(b, j), low(b, j));
      case DictionaryVector _ -> throw new AssertionError("operands are flat");
    };
  }

  private static long low(Vector vector, int row) {
    return vector instanceof Int128Vector wide
        ? wide.low()[row]
        : ((LongVector) vector).values()[row];
  }

  private static long high(Vector vector, int row) {
    return vector instanceof Int128Vector wide
        ? wide.high()[row]
        : ((LongVector) vector).values()[row] >> 63;
  }
}
