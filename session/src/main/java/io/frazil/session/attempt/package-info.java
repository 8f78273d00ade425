/// How a task gets done although attempts at it fail, are refused, get lost or take too long. The
/// door is [TaskRunner].
///
/// Nothing here waits: what happens next follows from an attempt's end or a timer, whose time a
/// test may make up.
@NullMarked
package io.frazil.session.attempt;

import org.jspecify.annotations.NullMarked;
