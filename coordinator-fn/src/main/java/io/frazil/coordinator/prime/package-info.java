/// What a coordinator does before its snapshot is taken: it answers small queries, from request to
/// response, until what a first query needs is loaded and planning is compiled. The door is
/// [Priming].
///
/// All of it happens against tables, a store and workers of its own that end with it. The
/// function's own catalog, store and workers are not looked at: they are connected to at the first
/// request.
@NullMarked
package io.frazil.coordinator.prime;

import org.jspecify.annotations.NullMarked;
