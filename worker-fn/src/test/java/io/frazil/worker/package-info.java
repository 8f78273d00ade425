/// Proves the worker function, also in a process that has nothing else.
@NullMarked
package io.frazil.worker;

import org.jspecify.annotations.NullMarked;
