package io.frazil.engine.parquet;

import io.frazil.engine.parquet.decode.ColumnBuffer;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// A part of what a scan filters by, and how it did so far. One driver's.
///
/// A stage over a single column that is stored as ids of a dictionary looks at each entry once and
/// then at ids only.
abstract sealed class FilterStage permits ConjunctStage, RuntimeStage {
  private final int[] columns;
  private long rowsIn;
  private long rowsOut;
  private long nanos;
  private @Nullable Vector judged;
  private byte @Nullable [] passes;
  private boolean nullPasses;

  /// @param columns those of the scan that it needs
  FilterStage(int[] columns) {
    this.columns = columns;
  }

  final int[] columns() {
    return columns;
  }

  /// Writes those of the live rows that pass to `out`, which may be the selection itself, and says
  /// how many.
  final int apply(Window window, int @Nullable [] selection, int count, int[] out) {
    long start = System.nanoTime();
    int passed = select(window, selection, count, out);
    nanos += System.nanoTime() - start;
    rowsIn += count;
    rowsOut += passed;
    return passed;
  }

  /// Whether its place among the others is free.
  abstract boolean mayMove();

  /// Whether it can still be of use.
  boolean isUseful() {
    return true;
  }

  /// What it costs to get rid of a row, in nanoseconds: the least comes first.
  final double cost() {
    if (rowsIn == 0) {
      return 0;
    }
    double dropped = Math.max((double) (rowsIn - rowsOut), 1e-3 * (double) rowsIn);
    return (double) nanos / dropped;
  }

  /// Which part of the rows passed so far.
  final double passRate() {
    return rowsIn == 0 ? 0 : (double) rowsOut / (double) rowsIn;
  }

  final long rowsIn() {
    return rowsIn;
  }

  /// Which rows pass, by their values.
  abstract int selectByValue(Window window, int @Nullable [] selection, int count, int[] out);

  /// Which entries of a dictionary pass, a 1 each; null where that can't be said.
  abstract byte @Nullable [] judge(Vector dictionary);

  /// Whether null passes.
  abstract boolean judgeNull(Vector dictionary);

  /// Whether neither an entry of a dictionary nor null passes.
  final boolean passesNone(Vector dictionary, long rows) {
    byte[] known = judged(dictionary, rows);
    if (known == null || nullPasses) {
      return false;
    }
    for (byte passing : known) {
      if (passing != 0) {
        return false;
      }
    }
    return true;
  }

  /// Which entries pass; null where that can't be said, or isn't worth the while.
  private byte @Nullable [] judged(Vector dictionary, long rows) {
    if (dictionary.length() > rows / 2) {
      return null;
    }
    if (dictionary != judged) {
      judged = dictionary;
      passes = judge(dictionary);
      nullPasses = passes != null && judgeNull(dictionary);
    }
    return passes;
  }

  private int select(Window window, int @Nullable [] selection, int count, int[] out) {
    ColumnBuffer ids = columns.length == 1 ? window.ids(columns[0]) : null;
    Vector dictionary = ids == null ? null : ids.dictionary();
    byte[] known = dictionary == null ? null : judged(dictionary, window.rowsOfMorsel());
    if (ids == null || known == null) {
      return selectByValue(window, selection, count, out);
    }
    long[] validity = ids.validity();
    if (validity != null) {
      return selectIds(known, ids.ids(), validity, nullPasses ? 1 : 0, selection, count, out);
    }
    return selection == null
        ? selectIds(known, ids.ids(), count, out)
        : selectIds(known, ids.ids(), selection, count, out);
  }

  private static int selectIds(byte[] passes, int[] ids, int count, int[] out) {
    int passed = 0;
    for (int row = 0; row < count; row++) {
      out[passed] = row;
      passed += passes[ids[row]];
    }
    return passed;
  }

  private static int selectIds(byte[] passes, int[] ids, int[] selection, int count, int[] out) {
    int passed = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      out[passed] = row;
      passed += passes[ids[row]];
    }
    return passed;
  }

  private static int selectIds(
      byte[] passes,
      int[] ids,
      long[] validity,
      int nullPasses,
      int @Nullable [] selection,
      int count,
      int[] out) {
    int passed = 0;
    for (int i = 0; i < count; i++) {
      int row = selection == null ? i : selection[i];
      out[passed] = row;
      passed += Bitmap.get(validity, row) ? passes[ids[row]] : nullPasses;
    }
    return passed;
  }
}
