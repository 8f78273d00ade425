/// What need not be read. The door is [Pruner]: from what is known of the values of some rows it
/// says whether a conjunct may be true for any of them.
///
/// Pruning never decides: what is unknown, or not understood, may be true.
@NullMarked
package io.frazil.engine.parquet.prune;

import org.jspecify.annotations.NullMarked;
