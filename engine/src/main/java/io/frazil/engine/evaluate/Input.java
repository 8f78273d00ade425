package io.frazil.engine.evaluate;

import io.frazil.engine.kernel.Positions;
import io.frazil.engine.kernel.Selections;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// What an expression is computed from: columns, and the rows that are wanted. AND, OR, CASE and
/// COALESCE [#narrow] it for what they guard.
final class Input {
  /// With at least one of so many rows alive, computing all is cheaper than picking them.
  private static final int DENSE_PART = 10;

  private final Vector[] columns;
  private final Rows rows;
  private final @Nullable Input wider;

  private Input(Vector[] columns, Rows rows, @Nullable Input wider) {
    this.columns = columns;
    this.rows = rows;
    this.wider = wider;
  }

  static Input of(Batch batch) {
    return new Input(
        batch.columns(), new Rows(batch.length(), batch.selection(), batch.rows()), null);
  }

  /// All rows of columns that may be longer than a batch.
  static Input of(Vector[] columns, int length) {
    return new Input(columns, Rows.all(length), null);
  }

  /// Only these rows, which are some of its own, as long as the array is left alone.
  Input narrow(int[] selection, int count) {
    return count == rows.count()
        ? this
        : new Input(columns, new Rows(rows.length(), selection, count), this);
  }

  /// Whether it wants no row that `other` doesn't.
  boolean isWithin(Input other) {
    for (Input i = this; i != null; i = i.wider) {
      if (i == other) {
        return true;
      }
    }
    return false;
  }

  Vector column(int index) {
    return columns[index];
  }

  int width() {
    return columns.length;
  }

  Rows rows() {
    return rows;
  }

  int length() {
    return rows.length();
  }

  int count() {
    return rows.count();
  }

  int[] positions() {
    return Selections.positions(rows);
  }

  Positions positions(long @Nullable [] validity) {
    return Positions.of(rows, validity);
  }

  /// Whether a kernel that cannot fail had better compute all rows than pick the live ones.
  boolean isDense() {
    return rows.count() * DENSE_PART >= rows.length();
  }
}
