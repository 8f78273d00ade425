/// Groups rows and aggregates them. The door is [HashAggregation].
///
/// Each driver has a table of its own ([Aggregator]: a [GroupTable] that numbers the groups, and
/// the accumulators that the functions keep by that number). One key that is a number is looked up
/// as it is ([LongTable]), several packed into one ([PackedTable]), others by their hash
/// ([RowTable]). Where several drivers found many groups, or one ever new ones, what they found is
/// split by radix partition of the keys' hash ([StatePartitions]) and merged a partition at a time
/// by whichever driver of the next pipeline takes it.
@NullMarked
package io.frazil.engine.exec.aggregate;

import org.jspecify.annotations.NullMarked;
