/// Who may hold how much memory. The door is [MemoryPool].
///
/// Reserve before allocating: what is large is accounted before it exists. A reservation has one
/// owner, who closes it.
@NullMarked
package io.frazil.engine.memory;

import org.jspecify.annotations.NullMarked;
