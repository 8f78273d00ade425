package io.frazil.engine.exec.join;

import io.frazil.engine.exec.RowBuffer;
import io.frazil.engine.vector.ColumnBuffer;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Gather;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// The complete right input: its rows, and how they are found. Read by all drivers.
///
/// @param rows the columns that are still needed
/// @param places for each right column where it is in `rows`, or -1
/// @param runs rows by key, or null where a key has at most one row that matters
/// @param matched 1 for each row that found a match, where the join type asks; drivers only ever
///   write ones, and nobody reads the rows' last word before all probing is over
/// @param nullKeys whether there was a row with a null key
/// @param input how many rows came in, those with null keys included
record BuildSide(
    RowBuffer rows,
    int[] places,
    KeyTable table,
    @Nullable Runs runs,
    byte @Nullable [] matched,
    boolean nullKeys,
    long input) {

  int size() {
    return rows.rows();
  }

  /// Values of a right column.
  Vector gather(int column, int[] numbers, int count) {
    return buffer(column).gather(numbers, count);
  }

  /// Values of a right column, null wherever a number is -1.
  Vector gatherOrNull(int column, int[] numbers, int count) {
    return buffer(column).gatherOrNull(numbers, count);
  }

  /// `length` times the value that the only row has.
  Vector constant(int column, int length) {
    return DictionaryVector.constant(Gather.flatten(buffer(column).slice(0, 1)), length);
  }

  void mark(int[] numbers, int count) {
    byte[] marks = matched;
    if (marks != null) {
      for (int i = 0; i < count; i++) {
        marks[numbers[i]] = 1;
      }
    }
  }

  boolean isMarked(int number) {
    return matched != null && matched[number] == 1;
  }

  private ColumnBuffer buffer(int column) {
    return rows.column(places[column]);
  }
}
