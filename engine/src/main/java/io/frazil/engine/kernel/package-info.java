/// The loops: static methods over primitive arrays that know vectors' layout and SQL's values, but
/// no expression. There is no door; `io.frazil.engine.evaluate` and `io.frazil.engine.function`
/// compose these.
///
/// Conventions. `positions` are the rows to compute, ascending, of which the first `count` matter;
/// all rows are [Selections#identity]. A loop without positions computes all of `length`, dead and
/// null slots too, and so must not fail: it reports by its result what has to be looked at again.
/// Null slots hold zero on the way in, and again on the way out
/// ([io.frazil.engine.vector.NullSlots]).
@NullMarked
package io.frazil.engine.kernel;

import org.jspecify.annotations.NullMarked;
