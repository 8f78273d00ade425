package io.frazil.engine.exec.aggregate;

import io.frazil.engine.memory.Reservation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Numbers longs from 0 in order of appearance.
///
/// Begins with an array that holds the group of each key in the range of those seen
/// ([DirectSlots]), which follows sorted or dense keys without a miss of the cache; once keys are
/// too far apart for that, goes over to hashing ([HashSlots]) for good.
final class LongGroups {
  private final Reservation reservation;
  private final DirectSlots direct;
  private @Nullable HashSlots hashed;

  /// The key of each group; of the unkeyed one 0.
  private long[] keys = {};

  private int groups;
  private int unkeyed = -1;

  LongGroups(Reservation reservation) {
    this.reservation = reservation;
    this.direct = new DirectSlots(reservation);
  }

  int groups() {
    return groups;
  }

  /// The keys by group, of which the first [#groups] count; until the next [#intern].
  long[] keys() {
    return keys;
  }

  /// Whether keys near each other have slots anywhere.
  boolean isScattered() {
    return hashed != null;
  }

  /// The one group that no key has: for null.
  int unkeyed() {
    if (unkeyed < 0) {
      reserveKeys(1);
      unkeyed = groups++;
    }
    return unkeyed;
  }

  /// Whether there is an unkeyed group among `from` to `from + count`.
  boolean hasUnkeyed(int from, int count) {
    return unkeyed >= from && unkeyed < from + count;
  }

  /// Writes the group of each value to `out`.
  void intern(long[] values, int count, int[] out) {
    reserveKeys(count);
    HashSlots slots = hashed;
    if (slots == null && !direct.cover(values, count, groups)) {
      slots = new HashSlots(reservation);
      hashed = slots;
      slots.reserve(groups + count, keys, groups, unkeyed);
      direct.close();
    }
    if (slots == null) {
      groups = direct.intern(values, count, keys, groups, out);
    } else {
      slots.reserve(groups + count, keys, groups, unkeyed);
      groups = slots.intern(values, count, keys, groups, out);
    }
  }

  /// Gives back its memory.
  void close() {
    direct.close();
    if (hashed != null) {
      hashed.close();
    }
    reservation.shrink((long) keys.length * Long.BYTES);
    keys = new long[0];
  }

  private void reserveKeys(int more) {
    int needed = Math.addExact(groups, more);
    if (needed > keys.length) {
      int capacity = Math.max(needed, 2 * keys.length);
      reservation.grow((long) capacity * Long.BYTES);
      long freed = (long) keys.length * Long.BYTES;
      keys = Arrays.copyOf(keys, capacity);
      reservation.shrink(freed);
    }
  }
}
