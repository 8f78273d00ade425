package io.frazil.engine.exec.aggregate;

import io.frazil.engine.hash.ValueHash;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.Dense;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Groups by one key that is an `int` or a `long`.
///
/// Begins with an array that holds the group of each key in the range of those seen
/// ([DirectSlots]), which follows sorted or dense keys without a miss of the cache; once keys are
/// too far apart for that, goes over to hashing ([HashSlots]) for good.
final class LongTable implements GroupTable {
  private final DataType type;
  private final Reservation reservation;
  private final DirectSlots direct;
  private @Nullable HashSlots hashed;

  /// The key of each group; of the null group 0.
  private long[] keys = {};

  private int groups;
  private int nullGroup = -1;
  private long[] scratch = {};

  LongTable(DataType type, Reservation reservation) {
    this.type = type;
    this.reservation = reservation;
    this.direct = new DirectSlots(reservation);
  }

  @Override
  public void intern(Vector[] columns, Rows rows, int[] out) {
    Vector column = Dense.of(columns[0], rows);
    long[] values = longs(column, rows.count());
    int count = rows.count();
    reserveGroups(count);
    long[] validity = column.validity();
    if (validity == null) {
      internValues(values, count, out);
    } else {
      internNullable(values, validity, count, out);
    }
  }

  @Override
  public int groups() {
    return groups;
  }

  @Override
  public Vector[] keys(int from, int count) {
    long[] validity = null;
    if (nullGroup >= from && nullGroup < from + count) {
      validity = Bitmap.allSet(count);
      Bitmap.clear(validity, nullGroup - from);
    }
    if (type.physical() == PhysicalType.INT) {
      int[] values = new int[count];
      for (int i = 0; i < count; i++) {
        values[i] = (int) keys[from + i];
      }
      return new Vector[] {new IntVector(type, values, count, validity)};
    }
    long[] values = from == 0 ? keys : Arrays.copyOfRange(keys, from, from + count);
    return new Vector[] {new LongVector(type, values, count, validity)};
  }

  private void internValues(long[] values, int count, int[] out) {
    if (hashed == null && !direct.cover(values, count, groups)) {
      hashed = HashSlots.of(keys, groups, nullGroup, reservation);
      direct.close();
    }
    if (hashed == null) {
      groups = direct.intern(values, count, keys, groups, out);
    } else {
      hashed.reserve(groups + count, keys, groups, nullGroup);
      groups = hashed.intern(values, count, keys, groups, out);
    }
  }

  /// Interns the values that are not null by themselves, then tells the rows apart.
  private void internNullable(long[] values, long[] validity, int count, int[] out) {
    long[] valid = new long[count];
    int number = 0;
    for (int i = 0; i < count; i++) {
      if (Bitmap.get(validity, i)) {
        valid[number++] = values[i];
      }
    }
    if (number < count && nullGroup < 0) {
      nullGroup = groups++;
    }
    if (number > 0) {
      internValues(valid, number, out);
    }
    for (int i = count - 1; i >= 0; i--) {
      out[i] = Bitmap.get(validity, i) ? out[--number] : nullGroup;
    }
  }

  private long[] longs(Vector column, int count) {
    return switch (column) {
      case LongVector v -> v.values();
      case IntVector v -> widen(v.values(), count);
      case Vector v -> throw new IllegalArgumentException(v.type().text() + " is no long");
    };
  }

  private long[] widen(int[] values, int count) {
    if (scratch.length < count) {
      scratch = new long[count];
    }
    for (int i = 0; i < count; i++) {
      scratch[i] = values[i];
    }
    return scratch;
  }

  private void reserveGroups(int more) {
    int needed = Math.addExact(groups, more + 1);
    if (needed > keys.length) {
      int capacity = Math.max(needed, 2 * keys.length);
      reservation.grow((long) capacity * Long.BYTES);
      long freed = (long) keys.length * Long.BYTES;
      keys = Arrays.copyOf(keys, capacity);
      reservation.shrink(freed);
    }
  }

  /// Open addressing: key and group plus one side by side, 0 where a slot is free.
  private static final class HashSlots {
    /// So many slots fit the cache of a core.
    private static final int CACHED_SLOTS = 1 << 16;

    private final Reservation reservation;
    private long[] entries = {};
    private int mask = -1;
    private int[] slots = {};

    private HashSlots(Reservation reservation) {
      this.reservation = reservation;
    }

    static HashSlots of(long[] keys, int groups, int nullGroup, Reservation reservation) {
      var table = new HashSlots(reservation);
      table.reserve(groups, keys, groups, nullGroup);
      return table;
    }

    /// Makes room for `wanted` groups.
    void reserve(int wanted, long[] keys, int groups, int nullGroup) {
      int capacity = TableLoad.capacity(wanted, mask + 1, CACHED_SLOTS);
      if (capacity == mask + 1) {
        return;
      }
      reservation.grow(2L * capacity * Long.BYTES);
      long freed = (long) entries.length * Long.BYTES;
      entries = new long[2 * capacity];
      reservation.shrink(freed);
      mask = capacity - 1;
      for (int group = 0; group < groups; group++) {
        if (group != nullGroup) {
          insert(keys[group], group);
        }
      }
    }

    private void insert(long key, int group) {
      int slot = (int) ValueHash.of(key) & mask;
      while (entries[2 * slot + 1] != 0) {
        slot = (slot + 1) & mask;
      }
      entries[2 * slot] = key;
      entries[2 * slot + 1] = group + 1L;
    }

    int intern(long[] values, int count, long[] keys, int groups, int[] out) {
      if (slots.length < count) {
        slots = new int[count];
      }
      for (int i = 0; i < count; i++) {
        slots[i] = (int) ValueHash.of(values[i]) & mask;
      }
      return probe(values, count, keys, groups, out);
    }

    private int probe(long[] values, int count, long[] keys, int groups, int[] out) {
      long[] table = entries;
      int next = groups;
      for (int i = 0; i < count; i++) {
        long key = values[i];
        int slot = slots[i];
        long group = table[2 * slot + 1];
        while (group != 0 && table[2 * slot] != key) {
          slot = (slot + 1) & mask;
          group = table[2 * slot + 1];
        }
        if (group == 0) {
          keys[next++] = key;
          group = next;
          table[2 * slot] = key;
          table[2 * slot + 1] = group;
        }
        out[i] = (int) group - 1;
      }
      return next;
    }
  }
}
