/// The worker function: decodes a fragment, has the engine run it, encodes the answer.
///
/// No planner and no catalog on its class path: it starts fast.
@NullMarked
package io.frazil.worker;

import org.jspecify.annotations.NullMarked;
