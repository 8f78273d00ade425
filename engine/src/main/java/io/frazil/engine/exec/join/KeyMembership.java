package io.frazil.engine.exec.join;

import io.frazil.engine.hash.LongKeys;
import io.frazil.engine.hash.RowHash;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;

/// Whether a key may be among those of the build side. Immutable.
sealed interface KeyMembership {
  /// Keeps those of the first `count` positions in `positions` whose key may be, and says how many
  /// they are.
  int filter(Vector keys, int count, int[] positions);

  /// Nothing is known.
  record Any() implements KeyMembership {
    @Override
    public int filter(Vector keys, int count, int[] positions) {
      return count;
    }
  }

  /// A bit for each of `size` integers from `min`: exact, but for decimals too wide for a long.
  record Bits(long min, int size, long[] bits) implements KeyMembership {
    @Override
    public int filter(Vector keys, int count, int[] positions) {
      long[] values = new long[count];
      LongKeys.encode(keys, positions, count, values);
      int kept = 0;
      for (int i = 0; i < count; i++) {
        long bit = values[i] - min;
        int inside = Long.compareUnsigned(bit, size) < 0 ? 1 : 0;
        int index = (int) bit * inside;
        positions[kept] = positions[i];
        kept += (int) (bits[index >>> 6] >>> index) & inside;
      }
      return kept;
    }
  }

  /// A Bloom filter in which a key has all its bits in one word: about 16 bits a key, of which it
  /// sets four.
  record Bloom(long[] words) implements KeyMembership {
    private static final int BITS_PER_KEY = 16;

    /// How many words a filter of so many keys has: a power of two.
    static int words(int keys) {
      long wanted = Math.max(64, (long) keys * BITS_PER_KEY / Long.SIZE);
      return Math.toIntExact(Long.highestOneBit(2 * wanted - 1));
    }

    static int word(long hash, int words) {
      return (int) (hash >>> 32) & words - 1;
    }

    static long mask(long hash) {
      return 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12) | 1L << (hash >>> 18);
    }

    @Override
    public int filter(Vector keys, int count, int[] positions) {
      long[] hashes = new long[count];
      Rows rows = new Rows(keys.length(), positions, count);
      new RowHash(1).hash(new Vector[] {keys}, rows, hashes);
      int kept = 0;
      for (int i = 0; i < count; i++) {
        long missing = ~words[word(hashes[i], words.length)] & mask(hashes[i]);
        positions[kept] = positions[i];
        kept += missing == 0 ? 1 : 0;
      }
      return kept;
    }
  }
}
