/// How a fragment gets to a worker and its answer back. The door is [Dispatcher].
@NullMarked
package io.frazil.session.dispatch;

import org.jspecify.annotations.NullMarked;
