package io.frazil.engine.kernel;

import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.StringVector;

/// The rows where two columns compare as asked (`yes` = 1), or do not (`yes` = 0). `less` and
/// `equal` are enough: the other operators swap the sides or ask for the opposite, which is exact
/// as every order here is total.
public final class Compare {
  private Compare() {}

  public static int less(int[] a, int[] b, int yes, int[] positions, int count, int[] out) {
    int no = 1 - yes;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += a[p] < b[p] ? yes : no;
    }
    return n;
  }

  public static int equal(int[] a, int[] b, int yes, int[] positions, int count, int[] out) {
    int no = 1 - yes;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += a[p] == b[p] ? yes : no;
    }
    return n;
  }

  public static int less(long[] a, long[] b, int yes, int[] positions, int count, int[] out) {
    int no = 1 - yes;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += a[p] < b[p] ? yes : no;
    }
    return n;
  }

  public static int equal(long[] a, long[] b, int yes, int[] positions, int count, int[] out) {
    int no = 1 - yes;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += a[p] == b[p] ? yes : no;
    }
    return n;
  }

  public static int less(
      Int128Vector a, Int128Vector b, int yes, int[] positions, int count, int[] out) {
    int no = 1 - yes;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      int order = Int128.compare(a.high()[p], a.low()[p], b.high()[p], b.low()[p]);
      n += order < 0 ? yes : no;
    }
    return n;
  }

  public static int equal(
      Int128Vector a, Int128Vector b, int yes, int[] positions, int count, int[] out) {
    int no = 1 - yes;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += a.high()[p] == b.high()[p] && a.low()[p] == b.low()[p] ? yes : no;
    }
    return n;
  }

  public static int less(
      StringVector a, StringVector b, int yes, int[] positions, int count, int[] out) {
    int no = 1 - yes;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += Text.compare(a, p, b, p) < 0 ? yes : no;
    }
    return n;
  }

  public static int equal(
      StringVector a, StringVector b, int yes, int[] positions, int count, int[] out) {
    int no = 1 - yes;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += Text.equal(a, p, b, p) ? yes : no;
    }
    return n;
  }
}
