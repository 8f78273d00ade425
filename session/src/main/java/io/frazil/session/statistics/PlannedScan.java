package io.frazil.session.statistics;

/// What is known of a scan before it runs.
///
/// @param node the scan's id in the plan
/// @param files how many the table has, of which `filesPruned` are left out
/// @param bytes how much the table has, of which `bytesPruned` are left out
public record PlannedScan(
    int node, String table, long files, long filesPruned, long bytes, long bytesPruned) {}
