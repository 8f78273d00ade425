package io.frazil.engine.provider;

import io.frazil.engine.plan.Split;
import java.util.List;

/// The shares that a scan reads, and what pruning spared it.
///
/// @param files how many files the table has
/// @param filesPruned how many of them were left out
/// @param bytes how much the table has, in bytes of files
/// @param bytesPruned how much of it was left out
public record ScanPlan(
    List<Split> splits, long files, long filesPruned, long bytes, long bytesPruned) {
  public ScanPlan {
    splits = List.copyOf(splits);
  }
}
