package io.frazil.engine.vector;

import org.jspecify.annotations.Nullable;

/// Which rows of a batch are to be computed: the first `count` positions of `selection`, ascending,
/// or all of 0 to `length` where it is null.
public record Rows(int length, int @Nullable [] selection, int count) {
  /// All of `length` rows.
  public static Rows all(int length) {
    return new Rows(length, null, length);
  }

  /// The `i`th live row's position.
  public int position(int i) {
    return selection == null ? i : selection[i];
  }
}
