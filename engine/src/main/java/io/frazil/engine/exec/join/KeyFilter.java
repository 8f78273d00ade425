package io.frazil.engine.exec.join;

import io.frazil.engine.evaluate.RuntimeFilter;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a build side tells scans about one of its keys.
record KeyFilter(
    Expression.@Nullable Literal min,
    Expression.@Nullable Literal max,
    boolean passesNothing,
    KeyMembership membership)
    implements RuntimeFilter {

  @Override
  public int filter(Vector keys, int @Nullable [] selection, int count, int[] out) {
    if (passesNothing) {
      return 0;
    }
    int[] positions = selection;
    if (positions == null) {
      positions = new int[count];
      Arrays.setAll(positions, i -> i);
    }
    int valid = dropNulls(keys, positions, count, out);
    return keys instanceof DictionaryVector v && v.dictionary().length() < valid
        ? filterIds(v, valid, out)
        : membership.filter(keys, valid, out);
  }

  /// Tests the dictionary's entries instead of the rows, of which there are more.
  private int filterIds(DictionaryVector keys, int count, int[] out) {
    int entries = keys.dictionary().length();
    int[] passing = new int[entries];
    Arrays.setAll(passing, i -> i);
    int passed = membership.filter(keys.dictionary(), entries, passing);
    int[] passes = new int[entries];
    for (int i = 0; i < passed; i++) {
      passes[passing[i]] = 1;
    }
    int[] ids = keys.ids();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int position = out[i];
      out[kept] = position;
      kept += passes[ids[position]];
    }
    return kept;
  }

  private static int dropNulls(Vector keys, int[] positions, int count, int[] out) {
    long[] validity = keys.validity();
    if (validity == null) {
      System.arraycopy(positions, 0, out, 0, count);
      return count;
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int position = positions[i];
      out[kept] = position;
      kept += Bitmap.get(validity, position) ? 1 : 0;
    }
    return kept;
  }
}
