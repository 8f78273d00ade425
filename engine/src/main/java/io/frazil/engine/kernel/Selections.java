package io.frazil.engine.kernel;

import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.Rows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Lists of row positions: made, narrowed and turned into masks without branches on data. Where an
/// `out` is given it may be the array that is read.
public final class Selections {
  private static final int[] IDENTITY = ascending(Batch.MAX_ROWS);

  private Selections() {}

  /// 0, 1, 2 and so on: read, never written.
  public static int[] identity(int length) {
    return length <= IDENTITY.length ? IDENTITY : ascending(length);
  }

  /// The positions of some rows, of which the first `rows.count()` matter: read, never written.
  public static int[] positions(Rows rows) {
    int[] selection = rows.selection();
    return selection == null ? identity(rows.length()) : selection;
  }

  /// Those positions where a mask of 0 and 1 has 1.
  public static int where(byte[] mask, int[] positions, int count, int[] out) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += mask[p];
    }
    return n;
  }

  /// Those positions where a mask of 0 and 1 has 0.
  public static int whereNot(byte[] mask, int[] positions, int count, int[] out) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += mask[p] ^ 1;
    }
    return n;
  }

  /// Those positions whose dictionary entry has 1.
  public static int whereEntry(byte[] entries, int[] ids, int[] positions, int count, int[] out) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += entries[ids[p]];
    }
    return n;
  }

  /// Those positions that are not null.
  public static int whereValid(long @Nullable [] validity, int[] positions, int count, int[] out) {
    if (validity == null) {
      if (positions != out) {
        System.arraycopy(positions, 0, out, 0, count);
      }
      return count;
    }
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += (int) ((validity[p >> 6] >>> p) & 1);
    }
    return n;
  }

  /// Those positions that are null.
  public static int whereNull(long @Nullable [] validity, int[] positions, int count, int[] out) {
    if (validity == null) {
      return 0;
    }
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += (int) ((~validity[p >> 6] >>> p) & 1);
    }
    return n;
  }

  /// Those positions that are not among `taken`, which is a part of them in the same order.
  public static int without(int[] positions, int count, int[] taken, int takenCount, int[] out) {
    int n = 0;
    int t = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      boolean same = t < takenCount && taken[t] == p;
      t += same ? 1 : 0;
      n += same ? 0 : 1;
    }
    return n;
  }

  /// A mask with 1 at the positions and 0 elsewhere.
  public static void toMask(int[] positions, int count, byte[] mask, int length) {
    Arrays.fill(mask, 0, length, (byte) 0);
    mark(positions, count, mask);
  }

  /// Sets 1 at the positions.
  public static void mark(int[] positions, int count, byte[] mask) {
    for (int i = 0; i < count; i++) {
      mask[positions[i]] = 1;
    }
  }

  /// A validity bitmap that is clear at the positions and set elsewhere.
  public static long[] nullAt(int[] positions, int count, int length) {
    long[] validity = Bitmap.allSet(length);
    for (int i = 0; i < count; i++) {
      Bitmap.clear(validity, positions[i]);
    }
    return validity;
  }

  private static int[] ascending(int length) {
    int[] positions = new int[length];
    Arrays.setAll(positions, i -> i);
    return positions;
  }
}
