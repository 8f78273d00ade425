package io.frazil.engine.exec.aggregate;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.hash.RowEquality;
import io.frazil.engine.hash.RowHash;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.ColumnBuffer;
import io.frazil.engine.vector.Dense;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;

/// Groups by any keys: open addressing over the hash, keys kept by column.
///
/// A batch is hashed, then probed for slots whose tag (half of the hash) agrees, then compared with
/// the keys found there, a column at a time; rows whose keys differ after all, which are very few,
/// go on to the next slot in another round.
final class RowTable implements GroupTable {
  /// So many slots fit the cache of a core.
  private static final int CACHED_SLOTS = 1 << 17;

  private static final long TAG = 0xffffffff_00000000L;

  private final Reservation reservation;
  private final RowHash rowHash;
  private final ColumnBuffer[] keys;

  /// What this table holds of the reservation.
  private long held;

  /// The tag above, the group plus one below; 0 where a slot is free.
  private long[] slots = {};

  private int mask = -1;

  /// By group, to move it to other slots.
  private long[] groupHashes = {};

  private int groups;

  // Of one batch: by row, but for `pending`, `candidates` and `fresh`, which list rows, and
  // `heldRows` and `differs`, which tell of candidates.
  private long[] hashes = {};
  private int[] nextSlot = {};
  private int[] pending = {};
  private int[] candidates = {};
  private int[] heldRows = {};
  private int[] fresh = {};
  private boolean[] differs = {};

  RowTable(List<DataType> types, Reservation reservation) {
    this.reservation = reservation;
    this.rowHash = new RowHash(types.size());
    this.keys = types.stream().map(ColumnBuffer::of).toArray(ColumnBuffer[]::new);
  }

  @Override
  public void intern(Vector[] columns, Rows rows, int[] out) {
    int count = rows.count();
    reserveScratch(count);
    reserveGroups(count);
    rowHash.hash(columns, rows, hashes);
    var dense = new Vector[columns.length];
    Arrays.setAll(dense, k -> Dense.of(columns[k], rows));
    for (int i = 0; i < count; i++) {
      pending[i] = i;
      nextSlot[i] = (int) hashes[i] & mask;
    }
    int left = count;
    while (left > 0) {
      int before = groups;
      int found = probe(left, out);
      append(dense, groups - before);
      left = compare(dense, found);
    }
  }

  @Override
  public int groups() {
    return groups;
  }

  @Override
  public boolean isScattered() {
    return true;
  }

  @Override
  public Vector[] keys(int from, int count) {
    var out = new Vector[keys.length];
    for (int k = 0; k < out.length; k++) {
      Vector whole = from == 0 && count == groups ? keys[k].whole() : null;
      out[k] = whole == null ? keys[k].slice(from, count) : whole;
    }
    return out;
  }

  /// Takes each pending row to the next slot that may be its: a free one becomes a new group, one
  /// with its tag makes it a candidate, to be compared. Gives the number of candidates.
  private int probe(int left, int[] out) {
    long[] table = slots;
    int found = 0;
    int made = 0;
    for (int i = 0; i < left; i++) {
      int row = pending[i];
      long tag = hashes[row] & TAG;
      int slot = nextSlot[row];
      long entry = table[slot];
      while (entry != 0 && (entry & TAG) != tag) {
        slot = (slot + 1) & mask;
        entry = table[slot];
      }
      if (entry == 0) {
        groupHashes[groups] = hashes[row];
        out[row] = groups++;
        table[slot] = tag | groups;
        fresh[made++] = row;
      } else {
        out[row] = (int) entry - 1;
        nextSlot[row] = (slot + 1) & mask;
        candidates[found] = row;
        heldRows[found++] = out[row];
      }
    }
    return found;
  }

  private void append(Vector[] dense, int made) {
    if (made == 0) {
      return;
    }
    for (int k = 0; k < keys.length; k++) {
      hold(held + keys[k].growth(dense[k], fresh, made));
      keys[k].append(dense[k], fresh, made);
    }
    hold(bytes());
  }

  /// Lists the candidates whose keys differ as pending again, and gives their number.
  private int compare(Vector[] dense, int found) {
    Arrays.fill(differs, 0, found, false);
    for (int k = 0; k < keys.length; k++) {
      Vector whole = keys[k].whole();
      if (whole == null) {
        throw new FrazilException(
            ErrorCode.MEMORY_LIMIT, "Grouping by more than 1 GiB of text is not possible");
      }
      RowEquality.mark(dense[k], candidates, whole, heldRows, found, differs);
    }
    int left = 0;
    for (int i = 0; i < found; i++) {
      if (differs[i]) {
        pending[left++] = candidates[i];
      }
    }
    return left;
  }

  private void reserveScratch(int count) {
    if (hashes.length < count) {
      hashes = new long[count];
      nextSlot = new int[count];
      pending = new int[count];
      candidates = new int[count];
      heldRows = new int[count];
      fresh = new int[count];
      differs = new boolean[count];
    }
  }

  /// Makes room for `more` groups.
  private void reserveGroups(int more) {
    int wanted = Math.addExact(groups, more);
    if (wanted > groupHashes.length) {
      int longer = Math.max(wanted, 2 * groupHashes.length);
      hold(held + (long) longer * Long.BYTES);
      groupHashes = Arrays.copyOf(groupHashes, longer);
    }
    int capacity = TableLoad.capacity(wanted, mask + 1, CACHED_SLOTS);
    if (capacity > slots.length) {
      hold(held + (long) capacity * Long.BYTES);
      slots = new long[capacity];
      mask = capacity - 1;
      for (int group = 0; group < groups; group++) {
        insert(groupHashes[group], group);
      }
    }
    hold(bytes());
  }

  private void insert(long hash, int group) {
    int slot = (int) hash & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = (hash & TAG) | (group + 1);
  }

  private void hold(long total) {
    if (total > held) {
      reservation.grow(total - held);
    } else {
      reservation.shrink(held - total);
    }
    held = total;
  }

  private long bytes() {
    long bytes = (slots.length + (long) groupHashes.length) * Long.BYTES;
    for (ColumnBuffer key : keys) {
      bytes += key.bytes();
    }
    return bytes;
  }
}
