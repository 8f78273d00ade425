/// Tests of who may hold how much.
@NullMarked
package io.frazil.engine.memory;

import org.jspecify.annotations.NullMarked;
