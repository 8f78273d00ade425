package io.frazil.engine.vector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Up to [#MAX_ROWS] rows as vectors of the same length, and which of them are alive.
///
/// Without a selection all rows are. With one, the live rows are the first `selected` entries of
/// it, ascending; the others hold nothing that may be looked at. A batch may have no columns and
/// still rows (`count(*)`).
public final class Batch {
  /// The most rows that a batch has, and so the length of every scratch array.
  public static final int MAX_ROWS = 4096;

  private final Vector[] columns;
  private final int length;
  private final int @Nullable [] selection;
  private final int selected;

  private Batch(Vector[] columns, int length, int @Nullable [] selection, int selected) {
    this.columns = columns;
    this.length = length;
    this.selection = selection;
    this.selected = selected;
  }

  /// All of `length` rows.
  public static Batch of(int length, Vector... columns) {
    assert length <= MAX_ROWS : "a batch has at most " + MAX_ROWS + " rows";
    return new Batch(columns, length, null, length);
  }

  public static Batch of(int length, List<? extends Vector> columns) {
    return of(length, columns.toArray(Vector[]::new));
  }

  /// The same vectors with another set of live rows.
  ///
  /// @param selection ascending positions below `length`, valid as long as the batch
  public Batch select(int[] selection, int selected) {
    return new Batch(columns, length, selection, selected);
  }

  /// The same rows with other columns of the same length.
  public Batch withColumns(Vector... columns) {
    return new Batch(columns, length, selection, selected);
  }

  /// How long the vectors are.
  public int length() {
    return length;
  }

  /// How many rows are alive.
  public int rows() {
    return selected;
  }

  public int width() {
    return columns.length;
  }

  public Vector column(int index) {
    return columns[index];
  }

  /// The columns themselves: read, not written.
  public Vector[] columns() {
    return columns;
  }

  /// The positions of the live rows, of which [#rows] count; null where all are alive.
  public int @Nullable [] selection() {
    return selection;
  }
}
