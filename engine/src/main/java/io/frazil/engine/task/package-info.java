/// What a running task has around it. The door is [TaskContext].
///
/// Everything that reads, computes or writes on a query's behalf gets its memory, its store, its
/// functions, its metrics and the word to stop from here, and from nowhere else.
@NullMarked
package io.frazil.engine.task;

import org.jspecify.annotations.NullMarked;
