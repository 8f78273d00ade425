package io.frazil.events;

/// A task whose [FragmentRequest] lies in an object among others.
///
/// @param fragments the object's location
/// @param offset where its request begins, in bytes
/// @param length of its request, in bytes
/// @param control an object that exists as soon as the query is to stop
/// @param report where its [FragmentResponse] goes, once it succeeded
public record StoredTask(
    String query,
    int stage,
    int task,
    String fragments,
    long offset,
    int length,
    String control,
    String report) {
  public StoredTask {
    Json.require(offset >= 0, "offset must not be negative");
    Json.require(length > 0 && length <= Json.MAX_BYTES, "length must be that of a request");
  }
}
