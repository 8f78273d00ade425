package io.frazil.engine.plan;

/// A scan column (position in `columns`) that a join's build side filters while the query runs.
public record RuntimeFilterTarget(int filterId, int column) {}
