package io.frazil.engine.evaluate;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// What a join's build side knows of its keys, for scans of the probe side to leave rows out. It
/// may let a row pass that has no match, never the other way round. Immutable once made; safe for
/// use by many threads.
public interface RuntimeFilter {
  /// No key is less; null where that isn't known (or there is no key: see [#passesNothing]).
  Expression.@Nullable Literal min();

  /// No key is greater; null where that isn't known.
  Expression.@Nullable Literal max();

  /// Whether there is no key at all.
  boolean passesNothing();

  /// Writes the positions of those rows that may have a match to `out` (which may be `selection`
  /// itself), in order, and says how many. Null keys have none.
  ///
  /// @param selection the rows to look at, or null for the first `count`
  int filter(Vector keys, int @Nullable [] selection, int count, int[] out);
}
