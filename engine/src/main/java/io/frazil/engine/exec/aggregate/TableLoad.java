package io.frazil.engine.exec.aggregate;

/// How full a table of open addressing may be: a quarter while it fits the cache, where emptiness
/// costs little and saves probes; half beyond.
final class TableLoad {
  private static final int MIN_SLOTS = 1024;

  private TableLoad() {}

  /// How many slots (a power of two) a table needs.
  ///
  /// @param entries how many have to have room
  /// @param slots how many slots there are now, of which none goes away
  /// @param cached how many slots fit the cache
  static int capacity(long entries, int slots, int cached) {
    long capacity = Math.max(MIN_SLOTS, slots);
    while (entries > (capacity <= cached ? capacity / 4 : capacity / 2)) {
      capacity *= 2;
    }
    return Math.toIntExact(capacity);
  }
}
