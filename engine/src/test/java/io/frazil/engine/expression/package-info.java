/// Tests of expressions as data.
@NullMarked
package io.frazil.engine.expression;

import org.jspecify.annotations.NullMarked;
