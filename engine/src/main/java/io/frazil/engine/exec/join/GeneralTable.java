package io.frazil.engine.exec.join;

import io.frazil.engine.hash.RowEquality;
import io.frazil.engine.hash.RowHash;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.ColumnBuffer;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Open addressing over hashes, for keys of any types: a slot holds a row and the upper half of its
/// key's hash, so that keys are compared only where they are all but surely equal.
final class GeneralTable implements KeyTable {
  private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);

  private final List<ColumnBuffer> keys;

  /// The upper half of the hash, then row + 1; 0 means that the slot is free.
  private final long[] slots;

  GeneralTable(List<ColumnBuffer> keys, int rows) {
    this.keys = keys;
    slots = new long[slotCount(rows)];
  }

  /// What a table of so many rows holds, in bytes.
  static long bytes(int rows) {
    return (long) slotCount(rows) * Long.BYTES;
  }

  private static int slotCount(int rows) {
    return 1 << Math.clamp(65 - Long.numberOfLeadingZeros(Math.max(1, rows - 1L)), 4, 30);
  }

  /// Takes rows in unless their keys are there. Any number of threads may insert at the same time.
  ///
  /// @param rows without null keys, up to a batch of them
  /// @param first for each of them the row that stands for its key, at the row's number
  void insert(int[] rows, int count, int[] first) {
    new Insertion(rows, count).run(first);
  }

  @Override
  public Lookup lookup() {
    Search search = new Search();
    return keys.size() == 1 ? new EntryLookup(search) : search;
  }

  /// Marks candidates whose key is not that of the row they were led to.
  private void compare(Vector[] left, int[] positions, int[] rows, int count, boolean[] differs) {
    for (int k = 0; k < left.length; k++) {
      Vector whole = keys.get(k).whole();
      if (whole != null) {
        RowEquality.mark(left[k], positions, whole, rows, count, differs);
      } else {
        int[] ascending = new int[count];
        Arrays.setAll(ascending, i -> i);
        Vector gathered = keys.get(k).gather(rows, count);
        RowEquality.mark(left[k], positions, gathered, ascending, count, differs);
      }
    }
  }

  /// Takes a batch in: each row goes to the next slot that is free, which it takes, or has its tag,
  /// where keys are compared; those that differ go on.
  private final class Insertion {
    private final int[] rows;
    private final int count;
    private final Vector[] vectors = new Vector[keys.size()];
    private final long[] hashes;
    private final int[] nextSlots;
    private final int[] pending;
    private final int[] held;
    private final boolean[] differs;

    Insertion(int[] rows, int count) {
      this.rows = rows;
      this.count = count;
      Arrays.setAll(vectors, k -> keys.get(k).gather(rows, count));
      hashes = new long[count];
      nextSlots = new int[count];
      pending = new int[count];
      held = new int[count];
      differs = new boolean[count];
    }

    void run(int[] first) {
      new RowHash(vectors.length).hash(vectors, Rows.all(count), hashes);
      for (int i = 0; i < count; i++) {
        nextSlots[i] = (int) hashes[i] & slots.length - 1;
        pending[i] = i;
      }
      int left = count;
      while (left > 0) {
        int candidates = probe(left, first);
        Arrays.fill(differs, 0, candidates, false);
        compare(vectors, pending, held, candidates, differs);
        left = 0;
        for (int j = 0; j < candidates; j++) {
          first[rows[pending[j]]] = held[j];
          pending[left] = pending[j];
          left += differs[j] ? 1 : 0;
        }
      }
    }

    private int probe(int left, int[] first) {
      int mask = slots.length - 1;
      int candidates = 0;
      for (int j = 0; j < left; j++) {
        int i = pending[j];
        int slot = nextSlots[i];
        long entry = claim(slot, hashes[i], rows[i]);
        while (entry != 0 && (entry ^ hashes[i]) >>> 32 != 0) {
          slot = slot + 1 & mask;
          entry = claim(slot, hashes[i], rows[i]);
        }
        first[rows[i]] = rows[i];
        nextSlots[i] = slot + 1 & mask;
        pending[candidates] = i;
        held[candidates] = (int) entry - 1;
        candidates += entry != 0 ? 1 : 0;
      }
      return candidates;
    }

    /// Takes the slot if it is free, and gives what was there.
    private long claim(int slot, long hash, int row) {
      long entry = slots[slot];
      return entry != 0
          ? entry
          : (long) SLOTS.compareAndExchange(slots, slot, 0L, hash >>> 32 << 32 | row + 1);
    }
  }

  /// Finds candidates by tag for all keys, compares them column by column, and goes on with those
  /// that turned out to differ.
  private final class Search implements Lookup {
    private final RowHash hash = new RowHash(keys.size());
    private long[] hashes = new long[Batch.MAX_ROWS];
    private int[] nextSlots = new int[Batch.MAX_ROWS];
    private int[] pending = new int[Batch.MAX_ROWS];
    private int[] rows = new int[Batch.MAX_ROWS];
    private int[] positions = new int[Batch.MAX_ROWS];
    private boolean[] differs = new boolean[Batch.MAX_ROWS];

    @Override
    public void find(Vector[] keys, int @Nullable [] selection, int count, int[] found) {
      ensure(count);
      hash.hash(keys, new Rows(keys[0].length(), selection, count), hashes);
      int mask = slots.length - 1;
      for (int i = 0; i < count; i++) {
        nextSlots[i] = (int) hashes[i] & mask;
        pending[i] = i;
      }
      int left = count;
      while (left > 0) {
        int candidates = probe(left, found);
        left = verify(keys, selection, candidates, found);
      }
      PackedKeys.dropNulls(keys, selection, count, found);
    }

    /// Walks each pending key to the next slot with its tag; lists those that found one.
    private int probe(int left, int[] found) {
      int mask = slots.length - 1;
      int candidates = 0;
      for (int j = 0; j < left; j++) {
        int i = pending[j];
        int slot = nextSlots[i];
        long entry = slots[slot];
        while (entry != 0 && (entry ^ hashes[i]) >>> 32 != 0) {
          slot = slot + 1 & mask;
          entry = slots[slot];
        }
        found[i] = (int) entry - 1;
        nextSlots[i] = slot + 1 & mask;
        pending[candidates] = i;
        candidates += entry != 0 ? 1 : 0;
      }
      return candidates;
    }

    /// Lists those of the candidates whose key differs.
    private int verify(Vector[] keys, int @Nullable [] selection, int candidates, int[] found) {
      for (int j = 0; j < candidates; j++) {
        int i = pending[j];
        rows[j] = found[i];
        positions[j] = selection == null ? i : selection[i];
      }
      Arrays.fill(differs, 0, candidates, false);
      compare(keys, positions, rows, candidates, differs);
      int differ = 0;
      for (int j = 0; j < candidates; j++) {
        pending[differ] = pending[j];
        differ += differs[j] ? 1 : 0;
      }
      return differ;
    }

    private void ensure(int count) {
      if (count > hashes.length) {
        hashes = new long[count];
        nextSlots = new int[count];
        pending = new int[count];
        rows = new int[count];
        positions = new int[count];
        differs = new boolean[count];
      }
    }
  }

  /// Looks up the entries of a dictionary of text once, and rows by their ids.
  private static final class EntryLookup implements Lookup {
    /// A dictionary is looked up whole if it has at most this many entries: one that only this
    /// batch uses must not cost more than a batch.
    private static final int MAX_ENTRIES = Batch.MAX_ROWS;

    private final Search search;
    private @Nullable Vector dictionary;
    private int[] foundEntries = {};

    EntryLookup(Search search) {
      this.search = search;
    }

    @Override
    public void find(Vector[] keys, int @Nullable [] selection, int count, int[] found) {
      if (!(keys[0] instanceof DictionaryVector key
          && key.dictionary() instanceof StringVector entries
          && entries.length() <= MAX_ENTRIES)) {
        search.find(keys, selection, count, found);
        return;
      }
      if (entries != dictionary) {
        foundEntries = new int[entries.length()];
        search.find(new Vector[] {entries}, null, entries.length(), foundEntries);
        dictionary = entries;
      }
      for (int i = 0; i < count; i++) {
        int position = selection == null ? i : selection[i];
        found[i] = key.isNull(position) ? -1 : foundEntries[key.ids()[position]];
      }
    }
  }
}
