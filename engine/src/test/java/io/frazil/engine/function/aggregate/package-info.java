/// Tests of what aggregate functions say at their limits.
@NullMarked
package io.frazil.engine.function.aggregate;

import org.jspecify.annotations.NullMarked;
