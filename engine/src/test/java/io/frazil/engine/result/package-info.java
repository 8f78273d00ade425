/// Tests of the result package.
@NullMarked
package io.frazil.engine.result;

import org.jspecify.annotations.NullMarked;
