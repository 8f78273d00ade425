/// Groups rows and aggregates them. The door is [HashAggregation].
///
/// Each driver has a table of its own ([Aggregator]: a [GroupTable] that numbers the groups, and
/// the accumulators that the functions keep by that number). Where several drivers found many
/// groups, the tables are merged by radix partition of the keys' hash, a partition at a time by
/// whichever driver of the next pipeline takes it.
@NullMarked
package io.frazil.engine.exec.aggregate;

import org.jspecify.annotations.NullMarked;
