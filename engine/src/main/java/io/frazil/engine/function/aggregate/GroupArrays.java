package io.frazil.engine.function.aggregate;

/// How long the arrays of accumulators are.
final class GroupArrays {
  private GroupArrays() {}

  /// The length that gives room for `groups` groups: a power of two, so that growing is rare.
  static int capacity(int groups) {
    return groups <= 1 ? 1 : Math.toIntExact(Long.highestOneBit(2L * groups - 1));
  }
}
