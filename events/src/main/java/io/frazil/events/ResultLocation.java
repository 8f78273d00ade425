package io.frazil.events;

/// Where a whole result can be had for a while, by whoever knows the address.
///
/// @param format `arrow` (an IPC file), `parquet` or `csv`
/// @param location a URL to GET without further authorization, ranges of it too; where it has no
///   host, that of the API
/// @param expires when the URL ends to work, as `2026-01-31T12:00:00Z`; the result itself may be
///   there longer
public record ResultLocation(
    String query, String format, String location, long bytes, String expires) {}
