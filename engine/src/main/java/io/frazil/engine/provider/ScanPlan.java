package io.frazil.engine.provider;

import io.frazil.engine.plan.Split;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The shares that a scan reads, and what pruning spared it.
///
/// @param files how many files the table has
/// @param filesPruned how many of them were left out
/// @param bytes how much the table has, in bytes of files
/// @param bytesPruned how much of it was left out
/// @param kept what is known of the rest; null where that is no more than its bytes
public record ScanPlan(
    List<Split> splits,
    long files,
    long filesPruned,
    long bytes,
    long bytesPruned,
    @Nullable Kept kept) {
  public ScanPlan {
    splits = List.copyOf(splits);
  }

  /// Where no more is known of what is read than its bytes.
  public ScanPlan(List<Split> splits, long files, long filesPruned, long bytes, long bytesPruned) {
    this(splits, files, filesPruned, bytes, bytesPruned, null);
  }

  /// What the files hold that were not left out.
  ///
  /// @param columnBytes of each column that was asked for, as the files have it
  public record Kept(long rows, List<Long> columnBytes) {
    public Kept {
      columnBytes = List.copyOf(columnBytes);
    }
  }
}
