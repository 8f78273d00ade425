/// Tests of what surrounds a task.
@NullMarked
package io.frazil.engine.task;

import org.jspecify.annotations.NullMarked;
