package io.frazil.session.statistics;

/// How far a query is: a snapshot.
///
/// @param stage number of the stage that runs, from 0, or of the last one to begin
/// @param stages how many there are
/// @param tasksDone over all stages
/// @param tasks over all stages that are planned out so far
/// @param rows of the result that were taken so far
/// @param bytesRead of files so far
/// @param bytesToRead of files after pruning; 0 where that is not known
public record QueryProgress(
    int stage, int stages, int tasksDone, int tasks, long rows, long bytesRead, long bytesToRead) {}
