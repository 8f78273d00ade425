package io.frazil.session.statistics;

/// What a table scan found to read and what pruning spared it.
///
/// @param node the scan's id in the plan
/// @param table its name
/// @param files how many files the table has, of which planning left out `filesPruned`
/// @param bytes how much the table has, of which planning left out `bytesPruned`
/// @param bytesRead how much was read, in bytes of files
/// @param requests how many reads that took
public record ScanStatistics(
    int node,
    String table,
    long files,
    long filesPruned,
    long bytes,
    long bytesPruned,
    long bytesRead,
    long requests) {}
