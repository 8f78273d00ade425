/// Tests of the ways to and from Arrow, with Arrow's own reader and writer at the other end.
@NullMarked
package io.frazil.engine.arrow;

import org.jspecify.annotations.NullMarked;
