/// Tests of the built-in functions, called as a query calls them.
@NullMarked
package io.frazil.engine.function.scalar;

import org.jspecify.annotations.NullMarked;
