/// Expressions as data. The door is [Expression]; how they are computed is
/// `io.frazil.engine.evaluate`, which functions there are `io.frazil.engine.function`.
///
/// Every type is explicit here: casts are spelt out and nothing is inferred later.
@NullMarked
package io.frazil.engine.expression;

import org.jspecify.annotations.NullMarked;
