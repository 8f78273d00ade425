package io.frazil.events;

/// A request as it was accepted.
///
/// @param principal who asked, as the door knows them
/// @param acceptedMillis milliseconds since 1970 in UTC
public record StoredRequest(String principal, long acceptedMillis, QueryRequest request) {}
