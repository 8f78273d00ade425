package io.frazil.session.cost;

/// An attempt that a state machine may have run next.
///
/// @param stage of its task
/// @param place what is to run it
public record NextTask(int stage, Place place) {}
