package io.frazil.engine.exec.sort;

import io.frazil.engine.plan.SortKey;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;

/// Sorts row numbers by the keys of their rows.
///
/// A range of rows is sorted by the longs of its first key, by radix from the least significant
/// byte, over those bytes alone in which they differ; ranges of equal longs then by the next eight
/// bytes of the key or by the next key, until they are short enough to be compared row by row.
final class RowSorter {
  private static final int SHORT_RANGE = 24;
  private static final int DIGITS = 256;

  private final SortKey[] keys;
  private final RowOrder order;

  /// The values of each key.
  private final Vector[] columns;

  private final int[] rows;
  private final int[] otherRows;
  private final long[] prefixes;
  private final long[] otherPrefixes;

  private RowSorter(List<SortKey> keys, Vector[] columns, int count) {
    this.keys = keys.toArray(SortKey[]::new);
    this.order = new RowOrder(keys);
    this.columns = columns;
    this.rows = new int[count];
    this.otherRows = new int[count];
    this.prefixes = new long[count];
    this.otherPrefixes = new long[count];
    Arrays.setAll(rows, i -> i);
  }

  /// The numbers of the first `count` rows in order.
  ///
  /// @param columns the values of each key
  static int[] sort(List<SortKey> keys, Vector[] columns, int count) {
    RowSorter sorter = new RowSorter(keys, columns, count);
    sorter.sort(0, count, 0);
    return sorter.rows;
  }

  /// What sorting so many rows takes for itself, in bytes.
  static long bytes(int count) {
    return 2L * count * (Integer.BYTES + Long.BYTES);
  }

  private void sort(int from, int to, int key) {
    if (key == keys.length || to - from < 2) {
      return;
    }
    if (to - from <= SHORT_RANGE) {
      insertionSort(from, to, key);
      return;
    }
    long[] validity = columns[key].validity();
    if (validity == null) {
      sortValues(from, to, key, 0);
      return;
    }
    boolean nullsFirst = keys[key].nulls() == SortKey.Nulls.FIRST;
    int border = partition(from, to, validity, nullsFirst);
    if (nullsFirst) {
      sort(from, border, key + 1);
      sortValues(border, to, key, 0);
    } else {
      sortValues(from, border, key, 0);
      sort(border, to, key + 1);
    }
  }

  /// Sorts rows by a key that none of them has null, whose text is equal before `offset`.
  private void sortValues(int from, int to, int key, int offset) {
    if (to - from <= SHORT_RANGE) {
      insertionSort(from, to, key);
      return;
    }
    OrderPrefix.encodeFrom(offset, columns[key], keys[key], rows, from, to, prefixes);
    radixSort(from, to);
    int start = from;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || prefixes[i] != prefixes[start]) {
        if (i - start > 1) {
          sortPeers(start, i, key, offset);
        }
        start = i;
      }
    }
  }

  /// Goes on with rows whose longs are equal. Reads none of them again.
  private void sortPeers(int from, int to, int key, int offset) {
    if (OrderPrefix.isExact(columns[key])) {
      sort(from, to, key + 1);
    } else if (longestText(from, to, key) > offset + Long.BYTES) {
      sortValues(from, to, key, offset + Long.BYTES);
    } else {
      mergeSort(from, to, key);
    }
  }

  /// How long the longest text of the range is; 0 for what is no text.
  private int longestText(int from, int to, int key) {
    int longest = 0;
    if (columns[key] instanceof StringVector v) {
      for (int i = from; i < to; i++) {
        longest = Math.max(longest, v.lengths()[rows[i]]);
      }
    } else if (columns[key] instanceof DictionaryVector d
        && d.dictionary() instanceof StringVector v) {
      for (int i = from; i < to; i++) {
        longest = Math.max(longest, v.lengths()[d.ids()[rows[i]]]);
      }
    }
    return longest;
  }

  /// Moves nulls to one end, keeping the order of both kinds; gives where the other kind begins.
  private int partition(int from, int to, long[] validity, boolean nullsFirst) {
    int first = from;
    int second = 0;
    for (int i = from; i < to; i++) {
      int row = rows[i];
      if (Bitmap.get(validity, row) == nullsFirst) {
        otherRows[second++] = row;
      } else {
        rows[first++] = row;
      }
    }
    System.arraycopy(otherRows, 0, rows, first, second);
    return first;
  }

  private void radixSort(int from, int to) {
    long different = 0;
    for (int i = from + 1; i < to; i++) {
      different |= prefixes[i] ^ prefixes[from];
    }
    long[] keysIn = prefixes;
    int[] rowsIn = rows;
    long[] keysOut = otherPrefixes;
    int[] rowsOut = otherRows;
    int[] places = new int[DIGITS];
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      if ((different >>> shift & 0xff) == 0) {
        continue;
      }
      places(keysIn, from, to, shift, places);
      scatter(keysIn, rowsIn, from, to, shift, places, keysOut, rowsOut);
      long[] keysNext = keysIn;
      int[] rowsNext = rowsIn;
      keysIn = keysOut;
      rowsIn = rowsOut;
      keysOut = keysNext;
      rowsOut = rowsNext;
    }
    if (keysIn != prefixes) {
      System.arraycopy(keysIn, from, prefixes, from, to - from);
      System.arraycopy(rowsIn, from, rows, from, to - from);
    }
  }

  /// Where the first row of each digit goes. The sign bit is turned over, so that negative longs
  /// come first.
  private static void places(long[] keys, int from, int to, int shift, int[] places) {
    Arrays.fill(places, 0);
    for (int i = from; i < to; i++) {
      places[(int) ((keys[i] ^ Long.MIN_VALUE) >>> shift) & 0xff]++;
    }
    int next = from;
    for (int digit = 0; digit < DIGITS; digit++) {
      int count = places[digit];
      places[digit] = next;
      next += count;
    }
  }

  private static void scatter(
      long[] keysIn,
      int[] rowsIn,
      int from,
      int to,
      int shift,
      int[] places,
      long[] keysOut,
      int[] rowsOut) {
    for (int i = from; i < to; i++) {
      long key = keysIn[i];
      int place = places[(int) ((key ^ Long.MIN_VALUE) >>> shift) & 0xff]++;
      keysOut[place] = key;
      rowsOut[place] = rowsIn[i];
    }
  }

  private void insertionSort(int from, int to, int key) {
    for (int i = from + 1; i < to; i++) {
      int row = rows[i];
      int at = i;
      while (at > from && isBefore(row, rows[at - 1], key)) {
        rows[at] = rows[at - 1];
        at--;
      }
      rows[at] = row;
    }
  }

  private void mergeSort(int from, int to, int key) {
    if (to - from <= SHORT_RANGE) {
      insertionSort(from, to, key);
      return;
    }
    int middle = (from + to) >>> 1;
    mergeSort(from, middle, key);
    mergeSort(middle, to, key);
    System.arraycopy(rows, from, otherRows, from, middle - from);
    int left = from;
    int right = middle;
    for (int i = from; left < middle; i++) {
      boolean takesRight = right < to && isBefore(rows[right], otherRows[left], key);
      rows[i] = takesRight ? rows[right++] : otherRows[left++];
    }
  }

  private boolean isBefore(int row, int other, int key) {
    return order.compareFrom(key, columns, row, columns, other) < 0;
  }
}
