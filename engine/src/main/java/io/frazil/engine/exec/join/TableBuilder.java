package io.frazil.engine.exec.join;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.ColumnBuffer;
import io.frazil.engine.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses the table that suits the keys and fills it.
final class TableBuilder {
  /// A direct table has at most so many entries for each row,
  private static final int MAX_SPREAD = 8;

  /// unless it stays in the cache anyway.
  private static final long SMALL_DIRECT = 1 << 16;

  private static final long MAX_DIRECT = 1 << 28;
  private static final int MAX_ROWS = 1 << 28;

  private final List<ColumnBuffer> keys;
  private final int rows;
  private final Reservation reservation;

  /// For each row the first of its key.
  private final int[] first;

  private int repeated;

  /// What was built.
  ///
  /// @param runs null where no key has two rows
  /// @param order how rows have to be ordered for the runs to be true, or null for as they are
  record Built(KeyTable table, @Nullable Runs runs, int @Nullable [] order) {}

  private TableBuilder(List<ColumnBuffer> keys, int rows, Reservation reservation) {
    this.keys = keys;
    this.rows = rows;
    this.reservation = reservation;
    this.first = new int[rows];
  }

  /// @param asksForMatch whether rows of equal keys need not be told apart
  static Built build(
      List<ColumnBuffer> keys, int rows, boolean asksForMatch, Reservation reservation) {
    if (keys.isEmpty()) {
      return everyRow(rows, asksForMatch);
    }
    if (rows > MAX_ROWS) {
      throw new FrazilException(
          ErrorCode.MEMORY_LIMIT,
          "The right input of a join has more than " + MAX_ROWS + " rows; make it smaller");
    }
    reservation.grow((long) rows * Integer.BYTES);
    TableBuilder builder = new TableBuilder(keys, rows, reservation);
    KeyTable table = builder.fill();
    if (builder.repeated == 0 || asksForMatch) {
      reservation.shrink((long) rows * Integer.BYTES);
      return new Built(table, null, null);
    }
    reservation.grow(3L * rows * Integer.BYTES);
    Runs runs = Runs.of(builder.first, rows);
    int[] order = runs.order(builder.first, rows);
    reservation.shrink(2L * rows * Integer.BYTES);
    return new Built(table, runs, order);
  }

  /// How many bytes [Built#order] takes, which are the receiver's to release.
  static long orderBytes(int rows) {
    return (long) rows * Integer.BYTES;
  }

  private static Built everyRow(int rows, boolean asksForMatch) {
    Runs runs = rows <= 1 || asksForMatch ? null : Runs.single(rows);
    return new Built(new EveryRow(rows), runs, null);
  }

  private KeyTable fill() {
    Vector[] whole = new Vector[keys.size()];
    for (int k = 0; k < whole.length; k++) {
      Vector vector = keys.get(k).whole();
      if (vector == null) {
        return fillGeneral();
      }
      whole[k] = vector;
    }
    PackedKeys packing = PackedKeys.of(whole, rows);
    if (packing == null) {
      return fillGeneral();
    }
    return fillPacked(packing, whole);
  }

  /// What the tables of packed keys have in common.
  @FunctionalInterface
  private interface Insert {
    int row(long key, int row);
  }

  private KeyTable fillPacked(PackedKeys packing, Vector[] whole) {
    if (isDense(packing)) {
      reservation.grow(DirectTable.bytes(packing));
      DirectTable table = new DirectTable(packing);
      insert(packing, whole, table::insert);
      return table;
    }
    if (IntTable.holds(packing)) {
      reservation.grow(IntTable.bytes(rows));
      IntTable table = new IntTable(packing, rows);
      insert(packing, whole, table::insert);
      return table;
    }
    reservation.grow(LongTable.bytes(rows));
    LongTable table = new LongTable(packing, rows);
    insert(packing, whole, table::insert);
    return table;
  }

  private boolean isDense(PackedKeys packing) {
    long most = Math.min(MAX_DIRECT, Math.max(SMALL_DIRECT, (long) MAX_SPREAD * rows));
    return packing.size() >= 0 && packing.size() <= most;
  }

  private void insert(PackedKeys packing, Vector[] whole, Insert table) {
    long[] packed = new long[Batch.MAX_ROWS];
    long[] scratch = new long[Batch.MAX_ROWS];
    int[] chunk = new int[Batch.MAX_ROWS];
    for (int from = 0; from < rows; from += Batch.MAX_ROWS) {
      int count = validRows(from, chunk);
      packing.pack(whole, chunk, count, packed, scratch);
      for (int i = 0; i < count; i++) {
        note(chunk[i], table.row(packed[i], chunk[i]));
      }
    }
  }

  private GeneralTable fillGeneral() {
    reservation.grow(GeneralTable.bytes(rows));
    GeneralTable table = new GeneralTable(keys, rows);
    int[] chunk = new int[Batch.MAX_ROWS];
    for (int from = 0; from < rows; from += Batch.MAX_ROWS) {
      int count = validRows(from, chunk);
      table.insert(chunk, count, first);
      for (int i = 0; i < count; i++) {
        note(chunk[i], first[chunk[i]]);
      }
    }
    return table;
  }

  private void note(int row, int firstOfKey) {
    first[row] = firstOfKey;
    repeated += row == firstOfKey ? 0 : 1;
  }

  /// The rows of the batch that begins at `from` whose keys are not null, and how many they are;
  /// the others have no first row.
  private int validRows(int from, int[] chunk) {
    int to = Math.min(rows, from + Batch.MAX_ROWS);
    int count = 0;
    for (int row = from; row < to; row++) {
      boolean valid = true;
      for (ColumnBuffer key : keys) {
        long[] validity = key.validity();
        valid &= validity == null || Bitmap.get(validity, row);
      }
      first[row] = -1;
      chunk[count] = row;
      count += valid ? 1 : 0;
    }
    return count;
  }
}
