package io.frazil.engine.parquet.decode;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Up to [Batch#MAX_ROWS] rows of a column on their way to a vector: as ids as long as all of them
/// are of one dictionary, else as values. Reused from batch to batch; one thread's.
public final class ColumnBuffer {
  private final DataType type;
  private final PhysicalType kind;
  final Values values;
  final int[] ids = new int[Batch.MAX_ROWS];
  final long[] validity = new long[Bitmap.words(Batch.MAX_ROWS)];
  private @Nullable Dictionary dictionary;
  private int length;
  private int nulls;

  /// @param kind of the arrays; decimals of long precision may be in longs
  public ColumnBuffer(DataType type, PhysicalType kind, Scratch scratch) {
    this.type = type;
    this.kind = kind;
    this.values = Values.of(kind, Batch.MAX_ROWS, scratch);
  }

  public PhysicalType kind() {
    return kind;
  }

  public int length() {
    return length;
  }

  public void clear() {
    length = 0;
    nulls = 0;
    dictionary = null;
  }

  /// Whether all rows so far are ids of this dictionary, so that more of its ids may follow.
  boolean takesIds(Dictionary of) {
    return length == 0 || dictionary == of;
  }

  /// `count` more rows of which `valid` aren't null, written to `ids` and `validity`.
  void addedIds(Dictionary of, int count, int valid) {
    dictionary = of;
    added(count, valid);
  }

  /// `count` more rows, written to `values` and `validity`.
  void added(int count, int valid) {
    length += count;
    nulls += count - valid;
  }

  /// From now on values, no ids.
  void flatten() {
    if (dictionary != null) {
      gather(dictionary);
      dictionary = null;
    }
  }

  private void gather(Dictionary from) {
    values.gather(from.values(), ids, 0, length);
    zeroNulls();
  }

  /// Copies what are views into an array that will be overwritten.
  void detach(byte[] source) {
    if (dictionary == null && values instanceof StringValues strings) {
      strings.detach(source, length);
    }
  }

  /// Copies all that are views into the buffer's own arrays.
  void detachAll() {
    if (values instanceof StringValues strings) {
      detach(strings.bytes());
    }
  }

  /// Makes the values of null rows zero.
  void zeroNulls() {
    if (nulls > 0) {
      values.zeroNulls(validity, length);
    }
  }

  /// Adds some rows of another buffer of the same column.
  ///
  /// @param rows positions in `from`
  public void append(ColumnBuffer from, int[] rows, int count) {
    int valid = count;
    if (from.nulls > 0) {
      valid = Bits.gather(from.validity, rows, 0, 0, count, validity, length);
    } else {
      Bits.fill(validity, length, count, true);
    }
    Dictionary of = from.dictionary;
    if (of != null && takesIds(of)) {
      for (int i = 0; i < count; i++) {
        ids[length + i] = from.ids[rows[i]];
      }
      addedIds(of, count, valid);
      return;
    }
    flatten();
    from.flatten();
    values.copy(from.values, rows, 0, 0, length, count);
    added(count, valid);
    // The other buffer's views are not this one's to keep.
    detachAll();
  }

  /// The entries that ids refer to, or null where there are values.
  public @Nullable Vector dictionary() {
    return dictionary == null ? null : dictionary.vector();
  }

  /// Of the rows, where [#dictionary] isn't null.
  public int[] ids() {
    return ids;
  }

  /// Which rows are not null; null where all are.
  public long @Nullable [] validity() {
    return nulls == 0 ? null : validity;
  }

  /// The rows, in this buffer's own arrays. Strings stay ids where they are; numbers don't, as
  /// whoever computes with them wants them flat.
  public Vector vector() {
    if (dictionary != null && kind == PhysicalType.STRING) {
      return new DictionaryVector(ids, dictionary.vector(), length, validity());
    }
    if (dictionary != null) {
      gather(dictionary);
    }
    return values.vector(type, length, validity());
  }
}
