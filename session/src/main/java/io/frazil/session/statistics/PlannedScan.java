package io.frazil.session.statistics;

import io.frazil.engine.provider.ScanPlan;
import org.jspecify.annotations.Nullable;

/// What is known of a scan before it runs.
///
/// @param node the scan's id in the plan
/// @param files how many the table has, of which `filesPruned` are left out
/// @param bytes how much the table has, of which `bytesPruned` are left out
/// @param splits how many shares are left
/// @param kept what is known of what is left; null where that is no more than its bytes
public record PlannedScan(
    int node,
    String table,
    long files,
    long filesPruned,
    long bytes,
    long bytesPruned,
    int splits,
    ScanPlan.@Nullable Kept kept) {}
