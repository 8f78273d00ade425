package io.frazil.engine.hash;

import static io.frazil.engine.hash.ValueHash.NULL;

import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.Dense;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Hashes of rows of keys, a batch at a time: 64 bits, the same on every machine and in every
/// version that shares exchanges (its golden values are a test).
///
/// Users take disjoint bits, so that rows which an exchange or a partition brought together still
/// spread over a table:
///
/// | bits | for |
/// |---|---|
/// | 48–63 | the task that an exchange sends a row to ([#exchange]) |
/// | 40–47 | radix partitions within a task ([#partition]) |
/// | 0–39 | slots of a table from below, tags from above |
///
/// Keeps hashes of dictionaries from batch to batch, and scratch space: one thread's.
public final class RowHash {
  /// How many different values [#partition] has at most.
  public static final int MAX_PARTITIONS = 256;

  /// Dictionaries up to this size are hashed whole, also where a batch uses little of one.
  private static final int SMALL_DICTIONARY = 1 << 16;

  private final @Nullable Vector[] dictionaries;
  private final long[][] dictionaryHashes;
  private long[] scratch = new long[Batch.MAX_ROWS];

  /// @param keys how many key columns there are
  public RowHash(int keys) {
    dictionaries = new Vector[keys];
    dictionaryHashes = new long[keys][];
  }

  /// Which of `count` tasks gets a row.
  public static int exchange(long hash, int count) {
    return (int) (((hash >>> 48) * count) >>> 16);
  }

  /// Which of `count` partitions a row belongs to.
  ///
  /// @param count a power of two, at most [#MAX_PARTITIONS]
  public static int partition(long hash, int count) {
    return (int) (hash >>> 40) & (count - 1);
  }

  /// Writes the hash of the `i`th live row to `out[i]`. Without keys all rows are equal.
  public void hash(Vector[] keys, Rows rows, long[] out) {
    assert keys.length == dictionaries.length : "another number of keys";
    int count = rows.count();
    if (keys.length == 0) {
      Arrays.fill(out, 0, count, NULL);
      return;
    }
    hashColumn(0, keys[0], rows, out);
    if (keys.length > 1 && scratch.length < count) {
      scratch = new long[count];
    }
    for (int k = 1; k < keys.length; k++) {
      hashColumn(k, keys[k], rows, scratch);
      combine(out, scratch, count);
    }
  }

  private void hashColumn(int key, Vector column, Rows rows, long[] out) {
    int[] selection = rows.selection();
    int count = rows.count();
    switch (column) {
      case DictionaryVector v when isWorthHashing(v, key, count) ->
          lookUp(dictionaryHashes(key, v.dictionary()), v.ids(), selection, count, out);
      case DictionaryVector v -> values(Dense.of(v, rows), null, count, out);
      case BooleanVector _,
          IntVector _,
          LongVector _,
          Int128Vector _,
          DoubleVector _,
          StringVector _ ->
          values(column, selection, count, out);
    }
    if (column.validity() != null) {
      nulls(column.validity(), selection, count, out);
    }
  }

  private boolean isWorthHashing(DictionaryVector column, int key, int count) {
    Vector dictionary = column.dictionary();
    return dictionary == dictionaries[key]
        || dictionary.length() <= Math.max(SMALL_DICTIONARY, count);
  }

  private long[] dictionaryHashes(int key, Vector dictionary) {
    if (dictionaries[key] != dictionary) {
      long[] hashes = new long[dictionary.length()];
      values(dictionary, null, hashes.length, hashes);
      dictionaryHashes[key] = hashes;
      dictionaries[key] = dictionary;
    }
    return dictionaryHashes[key];
  }

  /// Of a column that is no dictionary, as if no value were null.
  private static void values(Vector column, int @Nullable [] selection, int count, long[] out) {
    switch (column) {
      case BooleanVector v -> hash(v.values(), selection, count, out);
      case IntVector v -> hash(v.values(), selection, count, out);
      case LongVector v -> hash(v.values(), selection, count, out);
      case DoubleVector v -> hash(v.values(), selection, count, out);
      case Int128Vector v -> hash(v.high(), v.low(), selection, count, out);
      case StringVector v -> hash(v, selection, count, out);
      case DictionaryVector _ -> throw new IllegalArgumentException("a dictionary is flat");
    }
  }

  private static void hash(byte[] values, int @Nullable [] selection, int count, long[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = ValueHash.of((long) values[selection == null ? i : selection[i]]);
    }
  }

  private static void hash(int[] values, int @Nullable [] selection, int count, long[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = ValueHash.of((long) values[selection == null ? i : selection[i]]);
    }
  }

  private static void hash(long[] values, int @Nullable [] selection, int count, long[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = ValueHash.of(values[selection == null ? i : selection[i]]);
    }
  }

  private static void hash(double[] values, int @Nullable [] selection, int count, long[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = ValueHash.of(values[selection == null ? i : selection[i]]);
    }
  }

  private static void hash(
      long[] high, long[] low, int @Nullable [] selection, int count, long[] out) {
    for (int i = 0; i < count; i++) {
      int position = selection == null ? i : selection[i];
      out[i] = ValueHash.of(high[position], low[position]);
    }
  }

  private static void hash(StringVector text, int @Nullable [] selection, int count, long[] out) {
    byte[] bytes = text.bytes();
    int[] starts = text.starts();
    int[] lengths = text.lengths();
    for (int i = 0; i < count; i++) {
      int position = selection == null ? i : selection[i];
      out[i] = ValueHash.of(bytes, starts[position], lengths[position]);
    }
  }

  private static void lookUp(
      long[] hashes, int[] ids, int @Nullable [] selection, int count, long[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = hashes[ids[selection == null ? i : selection[i]]];
    }
  }

  private static void nulls(long[] validity, int @Nullable [] selection, int count, long[] out) {
    for (int i = 0; i < count; i++) {
      if (!Bitmap.get(validity, selection == null ? i : selection[i])) {
        out[i] = NULL;
      }
    }
  }

  private static void combine(long[] hashes, long[] others, int count) {
    for (int i = 0; i < count; i++) {
      hashes[i] = ValueHash.combine(hashes[i], others[i]);
    }
  }
}
