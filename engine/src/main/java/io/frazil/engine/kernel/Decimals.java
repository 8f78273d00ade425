package io.frazil.engine.kernel;

import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;

/// Moves decimals between their two physical widths. One thread's; what it returns is valid until
/// its next call.
public final class Decimals {
  private final Scratch scratch = new Scratch();

  /// As longs where all live values fit them, else the vector itself.
  ///
  /// @param flat a LongVector or an Int128Vector
  public Vector narrow(Vector flat, int[] positions, int count) {
    if (!(flat instanceof Int128Vector wide)
        || !Int128.fitLongs(wide.high(), wide.low(), positions, count)) {
      return flat;
    }
    return new LongVector(wide.type(), wide.low(), wide.length(), wide.validity());
  }

  /// In 128 bits.
  ///
  /// @param flat a LongVector or an Int128Vector
  public Int128Vector widen(Vector flat) {
    if (flat instanceof Int128Vector wide) {
      return wide;
    }
    var narrow = (LongVector) flat;
    long[] high = scratch.longs(flat.length());
    signs(narrow.values(), high, flat.length());
    return new Int128Vector(flat.type(), high, narrow.values(), flat.length(), flat.validity());
  }

  /// The upper halves of longs.
  public static void signs(long[] values, long[] high, int length) {
    for (int i = 0; i < length; i++) {
      high[i] = values[i] >> 63;
    }
  }
}
