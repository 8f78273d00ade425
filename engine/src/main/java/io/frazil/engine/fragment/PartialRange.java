package io.frazil.engine.fragment;

/// What one consumer reads of a partial: an Arrow IPC stream within an object.
///
/// @param length 0 where there are no rows
public record PartialRange(String location, long start, long length) {}
