/// Which functions there are. The door is [FunctionRegistry]; built-in functions register as a
/// user's do, by [ScalarFunction] and [AggregateFunction].
@NullMarked
package io.frazil.engine.function;

import org.jspecify.annotations.NullMarked;
