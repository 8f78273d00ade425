package io.frazil.engine.kernel;

import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Copies what has to outlive the arrays that it lies in.
public final class Copies {
  private Copies() {}

  /// All values in arrays of their own, without a dictionary.
  public static Vector flat(Vector vector) {
    int length = vector.length();
    long @Nullable [] bits = vector.validity();
    long @Nullable [] validity = bits == null ? null : Arrays.copyOf(bits, Bitmap.words(length));
    return switch (vector) {
      case BooleanVector v ->
          new BooleanVector(v.type(), Arrays.copyOf(v.values(), length), length, validity);
      case IntVector v ->
          new IntVector(v.type(), Arrays.copyOf(v.values(), length), length, validity);
      case LongVector v ->
          new LongVector(v.type(), Arrays.copyOf(v.values(), length), length, validity);
      case Int128Vector v ->
          new Int128Vector(
              v.type(),
              Arrays.copyOf(v.high(), length),
              Arrays.copyOf(v.low(), length),
              length,
              validity);
      case DoubleVector v ->
          new DoubleVector(v.type(), Arrays.copyOf(v.values(), length), length, validity);
      case StringVector v -> strings(v, validity);
      case DictionaryVector v -> flat(new Flattener().flat(v, Rows.all(length)));
    };
  }

  private static StringVector strings(StringVector vector, long @Nullable [] validity) {
    var text = new TextBuilder();
    text.start(vector.length());
    for (int i = 0; i < vector.length(); i++) {
      text.append(vector.bytes(), vector.starts()[i], vector.lengths()[i]);
      text.end(i);
    }
    return text.vector(validity);
  }
}
