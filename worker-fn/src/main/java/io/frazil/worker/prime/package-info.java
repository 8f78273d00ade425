/// What a worker does before its snapshot is taken: it runs small fragments of every kind, from
/// message to answer, until what a first fragment needs is loaded and the hot loops are compiled.
/// The door is [Priming].
///
/// All of it happens against tables and a store of its own that end with it. The function's own
/// store is not looked at: it connects, and asks for credentials, at the first fragment.
@NullMarked
package io.frazil.worker.prime;

import org.jspecify.annotations.NullMarked;
