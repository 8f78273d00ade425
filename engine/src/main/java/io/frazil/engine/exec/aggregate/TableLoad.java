package io.frazil.engine.exec.aggregate;

/// How full a table of open addressing may be: a quarter while it fits the cache, where emptiness
/// costs little and saves probes; half beyond.
final class TableLoad {
  private static final int MIN_SLOTS = 1024;

  /// Memory is not the concern of what fits the cache: moving groups to a longer table is.
  private static final int CACHED_GROWTH = 4;

  private TableLoad() {}

  /// How many slots (a power of two) a table needs.
  ///
  /// @param entries how many have to have room
  /// @param slots how many slots there are now, of which none goes away
  /// @param cached how many slots fit the cache
  static int capacity(long entries, int slots, int cached) {
    long capacity = Math.max(MIN_SLOTS, slots);
    while (entries > (capacity <= cached ? capacity / 4 : capacity / 2)) {
      capacity *= capacity < cached ? CACHED_GROWTH : 2;
    }
    return Math.toIntExact(capacity);
  }
}
