package io.frazil.engine.function;

/// The live rows of a batch in runs that belong to one group each: what aggregating into a few
/// groups likes best, as a run's values add up in a register.
///
/// @param count how many rows there are
/// @param runs how many runs there are
/// @param groups by run; a group may have several
/// @param starts by run, where it begins in `positions`
/// @param ends by run, where it ends
/// @param positions of rows in the batch's vectors
public record GroupedRows(
    int count, int runs, int[] groups, int[] starts, int[] ends, int[] positions) {}
