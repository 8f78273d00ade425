package io.frazil.session.stage;

import io.frazil.session.stage.TaskShare.Partitions;
import io.frazil.session.stage.TaskShare.Producers;
import java.util.ArrayList;
import java.util.List;

/// Divides what one task of a partitioned join would read among several, where it is much more than
/// the others read: each gets what some of the producers wrote of the larger side, and all of the
/// other side.
///
/// ```
///   partition 1: 90 MB × 2 MB      →      30 MB × 2 MB, 30 MB × 2 MB, 30 MB × 2 MB
/// ```
///
/// @param fair how much a task would read if all read the same, in bytes
record SkewedPartitions(PartitionedJoin join, StageOutput left, StageOutput right, long fair) {
  /// Which producers of the larger side each task reads; empty where one task reads all.
  List<Producers> of(Partitions partitions) {
    long[] leftBytes = left.bytesByProducer(partitions);
    long[] rightBytes = right.bytesByProducer(partitions);
    long leftSum = sum(leftBytes);
    long rightSum = sum(rightBytes);
    if (leftSum + rightSum <= fair + fair / 2) {
      return List.of();
    }
    if (leftSum >= rightSum) {
      return join.dividesLeft()
          ? divided(join.left().stage(), leftBytes, pieces(leftSum, rightSum))
          : List.of();
    }
    return join.dividesRight()
        ? divided(join.right().stage(), rightBytes, pieces(rightSum, leftSum))
        : List.of();
  }

  /// What is read several times is never more than what is divided.
  private long pieces(long divided, long repeated) {
    return Math.min(Math.ceilDiv(divided, fair), divided / Math.max(1, repeated));
  }

  /// Neighbours together, each time up to the producer with which the next equal part is full.
  private static List<Producers> divided(int stage, long[] bytes, long pieces) {
    var runs = new ArrayList<Producers>();
    long all = sum(bytes);
    double part = (double) all / Math.max(1, pieces);
    int from = 0;
    long passed = 0;
    for (int i = 0; passed < all; i++) {
      passed += bytes[i];
      if (passed >= part * (runs.size() + 1) && passed < all) {
        runs.add(new Producers(stage, from, i + 1));
        from = i + 1;
      }
    }
    runs.add(new Producers(stage, from, bytes.length));
    return runs.size() == 1 ? List.of() : List.copyOf(runs);
  }

  private static long sum(long[] values) {
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return sum;
  }
}
