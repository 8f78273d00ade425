/// SQL's own scalar functions, by the shapes they have. The door is
/// [io.frazil.engine.function.BuiltInFunctions].
@NullMarked
package io.frazil.engine.function.scalar;

import org.jspecify.annotations.NullMarked;
