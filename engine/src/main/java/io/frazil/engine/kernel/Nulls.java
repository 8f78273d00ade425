package io.frazil.engine.kernel;

import io.frazil.engine.vector.Bitmap;
import org.jspecify.annotations.Nullable;

/// Puts zero back into the slots of nulls, where an operation has made something else of it. Words
/// without a null cost one test.
public final class Nulls {
  private Nulls() {}

  public static void zero(byte[] values, long @Nullable [] validity, int length) {
    for (int w = 0; validity != null && w < Bitmap.words(length); w++) {
      for (long nulls = nulls(validity, w, length); nulls != 0; nulls &= nulls - 1) {
        values[row(w, nulls)] = 0;
      }
    }
  }

  public static void zero(int[] values, long @Nullable [] validity, int length) {
    for (int w = 0; validity != null && w < Bitmap.words(length); w++) {
      for (long nulls = nulls(validity, w, length); nulls != 0; nulls &= nulls - 1) {
        values[row(w, nulls)] = 0;
      }
    }
  }

  public static void zero(long[] values, long @Nullable [] validity, int length) {
    for (int w = 0; validity != null && w < Bitmap.words(length); w++) {
      for (long nulls = nulls(validity, w, length); nulls != 0; nulls &= nulls - 1) {
        values[row(w, nulls)] = 0;
      }
    }
  }

  public static void zero(double[] values, long @Nullable [] validity, int length) {
    for (int w = 0; validity != null && w < Bitmap.words(length); w++) {
      for (long nulls = nulls(validity, w, length); nulls != 0; nulls &= nulls - 1) {
        values[row(w, nulls)] = 0;
      }
    }
  }

  private static long nulls(long[] validity, int word, int length) {
    long nulls = ~validity[word];
    int rest = length - (word << 6);
    return rest >= 64 ? nulls : nulls & ((1L << rest) - 1);
  }

  private static int row(int word, long nulls) {
    return (word << 6) + Long.numberOfTrailingZeros(nulls);
  }
}
