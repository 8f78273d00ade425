package io.frazil.engine.plan;

/// The build key (position in the join's key lists) that feeds a runtime filter.
public record RuntimeFilterSource(int filterId, int key) {}
