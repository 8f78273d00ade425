package io.frazil.engine.kernel;

import io.frazil.engine.vector.StringVector;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A fixed set of texts, hashed with open addressing. Immutable.
public final class TextSet {
  private final byte[][] table;

  public TextSet(List<String> texts) {
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(4L * texts.size(), 8) - 1);
    table = new byte[1 << bits][];
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      table[slot(bytes, 0, bytes.length)] = bytes;
    }
  }

  /// Where the text is, or the empty slot where it would be.
  private int slot(byte[] bytes, int start, int length) {
    int mask = table.length - 1;
    int slot = hash(bytes, start, length) & mask;
    while (table[slot] != null
        && !(table[slot].length == length && Text.equal(bytes, start, table[slot], 0, length))) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int hash(byte[] bytes, int start, int length) {
    int hash = length;
    for (int i = start; i < start + length; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash ^ (hash >>> 15);
  }

  /// The positions whose text is in the set (`yes` = 1) or not (`yes` = 0).
  public int select(StringVector texts, int yes, int[] positions, int count, int[] out) {
    int no = 1 - yes;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += table[slot(texts.bytes(), texts.starts()[p], texts.lengths()[p])] != null ? yes : no;
    }
    return n;
  }
}
