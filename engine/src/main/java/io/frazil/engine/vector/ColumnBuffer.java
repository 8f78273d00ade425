package io.frazil.engine.vector;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.PhysicalType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column that grows at its end, owns its memory and is read at random: where operators keep rows
/// beyond the batch they came in. One thread appends; once that is over, any number may read.
///
/// The arrays double, so an append costs a copy now and then, and reading is one array access.
/// Whoever appends reserves [#growth] before, and holds [#bytes] afterwards.
public abstract sealed class ColumnBuffer permits FixedColumn, StringColumn {
  /// The longest array that every JVM allocates.
  static final int MAX_ROWS = Integer.MAX_VALUE - 8;

  private static final int MIN_CAPACITY = 64;

  private final DataType type;
  private int rows;
  private int capacity;
  private long @Nullable [] validity;

  ColumnBuffer(DataType type) {
    this.type = type;
  }

  /// An empty column.
  public static ColumnBuffer of(DataType type) {
    return type.physical() == PhysicalType.STRING ? new StringColumn(type) : new FixedColumn(type);
  }

  /// The rows of all parts in order, as a column that takes over their memory: the parts are not
  /// used afterwards. Holds for a moment both the parts and the whole.
  ///
  /// @param parts at least one, all of one type
  public static ColumnBuffer concatenate(List<ColumnBuffer> parts) {
    List<ColumnBuffer> filled = parts.stream().filter(p -> p.rows > 0).toList();
    if (filled.size() <= 1) {
      return filled.isEmpty() ? parts.getFirst() : filled.getFirst();
    }
    ColumnBuffer whole = of(parts.getFirst().type);
    whole.reserve(filled.stream().mapToLong(p -> p.rows).sum());
    for (ColumnBuffer part : filled) {
      whole.appendValidity(part.validity, null, part.rows);
      whole.storeAll(part, whole.rows);
      whole.rows += part.rows;
    }
    return whole;
  }

  /// A new column of the rows with these numbers, in their order.
  public final ColumnBuffer ordered(int[] numbers) {
    ColumnBuffer ordered = of(type);
    ordered.reserve(numbers.length);
    for (int from = 0; from < numbers.length; from += Batch.MAX_ROWS) {
      int to = Math.min(numbers.length, from + Batch.MAX_ROWS);
      ordered.append(gather(Arrays.copyOfRange(numbers, from, to), to - from), null, to - from);
    }
    return ordered;
  }

  public final DataType type() {
    return type;
  }

  public final int rows() {
    return rows;
  }

  /// Appends the rows at the first `count` of `selection` (null: the first `count` rows).
  public final void append(Vector source, int @Nullable [] selection, int count) {
    if ((long) rows + count > capacity) {
      reserve(nextCapacity(count));
    }
    appendValidity(source.validity(), selection, count);
    boolean hidesNulls = source instanceof DictionaryVector && source.validity() != null;
    store(
        hidesNulls && type.physical() != PhysicalType.STRING ? Gather.flatten(source) : source,
        selection,
        rows,
        count);
    rows += count;
  }

  /// How many bytes more than now exist while [#append] of these rows runs, at most. Where arrays
  /// are replaced by longer ones, both count.
  public final long growth(Vector source, int @Nullable [] selection, int count) {
    boolean fits = (long) rows + count <= capacity;
    long next = fits ? capacity : nextCapacity(count);
    boolean firstNulls = validity == null && source.validity() != null;
    boolean newValidity = firstNulls || (validity != null && !fits);
    return (newValidity ? next / Byte.SIZE + Long.BYTES : 0)
        + growth(source, selection, count, fits ? 0 : next);
  }

  /// What it holds, in bytes.
  public final long bytes() {
    return valueBytes() + (validity == null ? 0 : (long) validity.length * Long.BYTES);
  }

  /// The rows of these numbers, in a vector of its own but for strings' bytes and dictionaries,
  /// which outlive the buffer.
  public final Vector gather(int[] numbers, int count) {
    long[] bits = Gather.gatherBits(validity, numbers, count);
    return NullSlots.mask(load(numbers, count), bits);
  }

  /// As [#gather], with null wherever a number is -1.
  public final Vector gatherOrNull(int[] numbers, int count) {
    long[] present = Gather.present(numbers, count);
    if (present == null) {
      return gather(numbers, count);
    }
    if (rows == 0) {
      return Gather.nulls(type, count);
    }
    return NullSlots.mask(gather(Gather.clamped(numbers, count), count), present);
  }

  /// The rows `from` to `from + count`.
  public final Vector slice(int from, int count) {
    int[] numbers = new int[count];
    Arrays.setAll(numbers, i -> from + i);
    return gather(numbers, count);
  }

  /// All rows as one vector over the buffer's own arrays, or null where they don't lie in one
  /// piece: text beyond the size of an array.
  public final @Nullable Vector whole() {
    Vector values = values(rows);
    return values == null || validity == null ? values : values.withValidity(validity);
  }

  /// Which rows are not null, or null where all are.
  public final long @Nullable [] validity() {
    return validity;
  }

  /// Makes the arrays `capacity` long.
  abstract void resize(int capacity);

  /// Writes rows of a vector behind the first `at`; there is room. Null slots hold zero.
  abstract void store(Vector source, int @Nullable [] selection, int at, int count);

  /// Writes all rows of another buffer of the same class behind the first `at`; there is room.
  abstract void storeAll(ColumnBuffer source, int at);

  /// The values at `numbers` in fresh arrays, nulls as they were stored.
  abstract Vector load(int[] numbers, int count);

  /// The first `count` values without validity, sharing the arrays; or null where there is no such
  /// vector.
  abstract @Nullable Vector values(int count);

  abstract long valueBytes();

  /// @param newCapacity what arrays grow to, or 0 where they don't
  abstract long growth(Vector source, int @Nullable [] selection, int count, long newCapacity);

  private void reserve(long wanted) {
    if (wanted > MAX_ROWS) {
      throw new FrazilException(
          ErrorCode.MEMORY_LIMIT, "More than " + MAX_ROWS + " rows cannot be held in one column");
    }
    capacity = (int) wanted;
    resize(capacity);
    if (validity != null) {
      validity = Arrays.copyOf(validity, Bitmap.words(capacity));
    }
  }

  private long nextCapacity(int count) {
    long needed = (long) rows + count;
    long doubled = Math.min(MAX_ROWS, 2L * capacity);
    return Math.max(Math.max(MIN_CAPACITY, needed), doubled);
  }

  private void appendValidity(long @Nullable [] source, int @Nullable [] selection, int count) {
    long[] target = validity;
    if (target == null) {
      if (source == null || !anyNull(source, selection, count)) {
        return;
      }
      target = Bitmap.allSet(capacity);
      validity = target;
    }
    for (int i = 0; i < count; i++) {
      int position = selection == null ? i : selection[i];
      long bit = source == null ? 1 : source[position >>> 6] >>> position & 1L;
      int row = rows + i;
      target[row >>> 6] = (target[row >>> 6] & ~(1L << row)) | (bit << row);
    }
  }

  private static boolean anyNull(long[] source, int @Nullable [] selection, int count) {
    return selection == null
        ? Bitmap.count(source, count) < count
        : Gather.gatherBits(source, selection, count) != null;
  }
}
