/// Tests of vectors, and the random batches that other tests run on.
@NullMarked
package io.frazil.engine.vector;

import org.jspecify.annotations.NullMarked;
