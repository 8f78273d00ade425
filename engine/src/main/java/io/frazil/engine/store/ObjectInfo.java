package io.frazil.engine.store;

/// An object as it was seen.
///
/// @param size in bytes
/// @param version changes whenever the content does: an etag, or locally time and size
public record ObjectInfo(String location, long size, String version) {}
