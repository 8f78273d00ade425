package io.frazil.engine.function.scalar;

import io.frazil.engine.kernel.Flattener;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The arguments of a strict function that is computed row by row, without their dictionaries. One
/// thread's.
final class Arguments {
  private final Flattener[] flatteners;
  private final Slice[] slices;
  private Vector[] flat = {};
  private long @Nullable [] validity;

  Arguments(int count) {
    flatteners = new Flattener[count];
    slices = new Slice[count];
    Arrays.setAll(flatteners, i -> new Flattener());
    Arrays.setAll(slices, i -> new Slice());
  }

  /// Takes the next batch.
  void set(Vector[] arguments, Rows rows) {
    flat = new Vector[arguments.length];
    validity = null;
    for (int i = 0; i < flat.length; i++) {
      flat[i] = flatteners[i].flat(arguments[i], rows);
      validity = Bitmap.and(validity, flat[i].validity(), rows.length());
    }
  }

  int count() {
    return flat.length;
  }

  /// Which rows have no null argument, as in a vector.
  long @Nullable [] validity() {
    return validity;
  }

  Vector vector(int index) {
    return flat[index];
  }

  /// A text argument: valid until the same argument is asked for again.
  Slice text(int index, int row) {
    slices[index].at((StringVector) flat[index], row);
    return slices[index];
  }

  /// An integer, a date or a timestamp.
  long whole(int index, int row) {
    return switch (flat[index]) {
      case IntVector v -> v.values()[row];
      case LongVector v -> v.values()[row];
      case Vector v -> throw new AssertionError("no integer: " + v.type().text());
    };
  }
}
