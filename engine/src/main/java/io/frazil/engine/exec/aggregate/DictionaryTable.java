package io.frazil.engine.exec.aggregate;

import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Remembers where the ids of small dictionaries went, so that a row costs a look into an array;
/// what isn't known yet, and keys that are no dictionaries, go to another table.
///
/// Several keys make one code: each id, or the dictionary's size for null, as a digit. What is
/// remembered holds for the same dictionaries and is forgotten when one changes.
final class DictionaryTable implements GroupTable {
  /// The most codes that are remembered, so that they stay in the cache.
  private static final int MAX_CODES = 1 << 16;

  private final GroupTable table;
  private final @Nullable Vector[] dictionaries;

  /// The group of each code plus one; 0 where it isn't known.
  private int[] known = {};

  private final int[] codes = new int[Batch.MAX_ROWS];
  private final int[] missing = new int[Batch.MAX_ROWS];
  private final int[] missingGroups = new int[Batch.MAX_ROWS];

  DictionaryTable(int keys, GroupTable table) {
    this.table = table;
    this.dictionaries = new Vector[keys];
  }

  @Override
  public void intern(Vector[] keys, Rows rows, int[] groups) {
    if (rows.count() > codes.length || !remember(keys)) {
      table.intern(keys, rows, groups);
      return;
    }
    int[] coded = encode(keys, rows);
    if (lookUp(coded, rows.count(), groups)) {
      internMissing(keys, rows, coded, groups);
    }
  }

  @Override
  public int groups() {
    return table.groups();
  }

  @Override
  public boolean isScattered() {
    return table.isScattered();
  }

  @Override
  public Vector[] keys(int from, int count) {
    return table.keys(from, count);
  }

  /// Whether all keys are small dictionaries; makes room for their codes if they are new.
  private boolean remember(Vector[] keys) {
    long size = 1;
    boolean same = true;
    for (int k = 0; k < keys.length; k++) {
      if (!(keys[k] instanceof DictionaryVector v)) {
        return false;
      }
      size *= v.dictionary().length() + 1;
      same &= v.dictionary() == dictionaries[k];
      if (size > MAX_CODES) {
        return false;
      }
    }
    if (!same) {
      known = new int[(int) size];
      for (int k = 0; k < keys.length; k++) {
        dictionaries[k] = ((DictionaryVector) keys[k]).dictionary();
      }
    }
    return true;
  }

  private int[] encode(Vector[] keys, Rows rows) {
    int[] selection = rows.selection();
    var first = (DictionaryVector) keys[0];
    if (keys.length == 1 && selection == null && first.validity() == null) {
      return first.ids();
    }
    Arrays.fill(codes, 0, rows.count(), 0);
    for (Vector key : keys) {
      var v = (DictionaryVector) key;
      int size = v.dictionary().length();
      if (v.validity() == null) {
        append(v.ids(), size + 1, selection, rows.count(), codes);
      } else {
        append(v.ids(), v.validity(), size, selection, rows.count(), codes);
      }
    }
    return codes;
  }

  private static void append(
      int[] ids, int base, int @Nullable [] selection, int count, int[] codes) {
    for (int i = 0; i < count; i++) {
      codes[i] = codes[i] * base + ids[selection == null ? i : selection[i]];
    }
  }

  private static void append(
      int[] ids, long[] validity, int size, int @Nullable [] selection, int count, int[] codes) {
    for (int i = 0; i < count; i++) {
      int position = selection == null ? i : selection[i];
      codes[i] = codes[i] * (size + 1) + (Bitmap.get(validity, position) ? ids[position] : size);
    }
  }

  /// Whether some code is not known; its rows then have group -1.
  private boolean lookUp(int[] coded, int count, int[] groups) {
    int signs = 0;
    for (int i = 0; i < count; i++) {
      int group = known[coded[i]] - 1;
      groups[i] = group;
      signs |= group;
    }
    return signs < 0;
  }

  private void internMissing(Vector[] keys, Rows rows, int[] coded, int[] groups) {
    int count = 0;
    for (int i = 0; i < rows.count(); i++) {
      if (groups[i] < 0) {
        missing[count++] = rows.position(i);
      }
    }
    table.intern(keys, new Rows(rows.length(), missing, count), missingGroups);
    int next = 0;
    for (int i = 0; i < rows.count(); i++) {
      if (groups[i] < 0) {
        groups[i] = missingGroups[next++];
        known[coded[i]] = groups[i] + 1;
      }
    }
  }
}
