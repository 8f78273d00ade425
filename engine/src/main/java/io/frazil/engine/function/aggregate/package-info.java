/// The aggregate functions that SQL has. The door is [BuiltInAggregates]; they register as a user's
/// do.
///
/// Sums and averages are exact: integers and decimals in 128 bits, doubles with their rounding
/// errors carried along. A function says how it is called and makes accumulators; an accumulator
/// keeps the state of all groups in arrays by group number, and adds a batch at a time.
@NullMarked
package io.frazil.engine.function.aggregate;

import org.jspecify.annotations.NullMarked;
