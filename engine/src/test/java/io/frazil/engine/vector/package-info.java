/// Tests of vectors, and [RandomVectors] for whoever tests what works on them.
@NullMarked
package io.frazil.engine.vector;

import org.jspecify.annotations.NullMarked;
