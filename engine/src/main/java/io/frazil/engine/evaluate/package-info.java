/// Computes expressions over batches. The doors are [Projection] (vectors out) and [Predicate]
/// (live rows out); the loops are `io.frazil.engine.kernel`.
@NullMarked
package io.frazil.engine.evaluate;

import org.jspecify.annotations.NullMarked;
