/// Tests of the hash and the equality of rows.
@NullMarked
package io.frazil.engine.hash;

import org.jspecify.annotations.NullMarked;
