/// From a plan to its stages, from a stage to its tasks, and how they get done on workers. The door
/// is [StageCutter].
///
/// A task may be tried several times, even at once; exactly one of its attempts counts.
@NullMarked
package io.frazil.session.stage;

import org.jspecify.annotations.NullMarked;
