package io.frazil.engine.kernel;

/// `out[p] = from[ids[p]]` for some positions, and its inverse in copying only some rows.
public final class Lookup {
  private Lookup() {}

  public static void bytes(byte[] from, int[] ids, int[] positions, int count, byte[] out) {
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[p] = from[ids[p]];
    }
  }

  public static void ints(int[] from, int[] ids, int[] positions, int count, int[] out) {
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[p] = from[ids[p]];
    }
  }

  public static void longs(long[] from, int[] ids, int[] positions, int count, long[] out) {
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[p] = from[ids[p]];
    }
  }

  public static void doubles(double[] from, int[] ids, int[] positions, int count, double[] out) {
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[p] = from[ids[p]];
    }
  }
}
