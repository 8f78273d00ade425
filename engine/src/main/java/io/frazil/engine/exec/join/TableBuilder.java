package io.frazil.engine.exec.join;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.exec.Workers;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.ColumnBuffer;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Chooses the table that suits the keys and fills it.
final class TableBuilder {
  /// A direct table has at most so many entries for each row,
  private static final int MAX_SPREAD = 8;

  /// unless it stays in the cache anyway.
  private static final long SMALL_DIRECT = 1 << 16;

  private static final long MAX_DIRECT = 1 << 28;
  private static final int MAX_ROWS = 1 << 28;

  /// What a worker takes at a time.
  private static final int PART_ROWS = 16 * Batch.MAX_ROWS;

  private final List<ColumnBuffer> keys;
  private final int rows;
  private final Reservation reservation;

  /// For each row the one that stands for its key.
  private final int[] first;

  private final Workers workers;
  private final AtomicInteger repeated = new AtomicInteger();

  /// What was built.
  ///
  /// @param runs null where no key has two rows
  /// @param order how rows have to be ordered for the runs to be true, or null for as they are
  record Built(KeyTable table, @Nullable Runs runs, int @Nullable [] order) {}

  private TableBuilder(
      List<ColumnBuffer> keys, int rows, Reservation reservation, Workers workers) {
    this.keys = keys;
    this.rows = rows;
    this.reservation = reservation;
    this.workers = workers;
    this.first = new int[rows];
  }

  /// @param asksForMatch whether rows of equal keys need not be told apart
  static Built build(
      List<ColumnBuffer> keys,
      int rows,
      boolean asksForMatch,
      Reservation reservation,
      Workers workers) {
    if (keys.isEmpty()) {
      return everyRow(rows, asksForMatch);
    }
    if (rows > MAX_ROWS) {
      throw new FrazilException(
          ErrorCode.MEMORY_LIMIT,
          "The right input of a join has more than " + MAX_ROWS + " rows; make it smaller");
    }
    reservation.grow((long) rows * Integer.BYTES);
    TableBuilder builder = new TableBuilder(keys, rows, reservation, workers);
    KeyTable table = builder.fill();
    if (builder.repeated.get() == 0 || asksForMatch) {
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

  private NumberTable fillPacked(PackedKeys packing, Vector[] whole) {
    NumberTable table = table(packing);
    inParts((chunk, count) -> {
      long[] packed = new long[count];
      packing.pack(whole, chunk, count, packed, new long[count]);
      table.insert(packed, chunk, count, first);
    });
    return table;
  }

  private NumberTable table(PackedKeys packing) {
    if (isDense(packing)) {
      reservation.grow(DirectTable.bytes(packing));
      return new DirectTable(packing);
    }
    if (IntTable.holds(packing)) {
      reservation.grow(IntTable.bytes(rows));
      return new IntTable(packing, rows);
    }
    reservation.grow(LongTable.bytes(rows));
    return new LongTable(packing, rows);
  }

  private boolean isDense(PackedKeys packing) {
    long most = Math.min(MAX_DIRECT, Math.max(SMALL_DIRECT, (long) MAX_SPREAD * rows));
    return packing.size() >= 0 && packing.size() <= most;
  }

  private GeneralTable fillGeneral() {
    reservation.grow(GeneralTable.bytes(rows));
    GeneralTable table = new GeneralTable(keys, rows);
    inParts((chunk, count) -> table.insert(chunk, count, first));
    return table;
  }

  /// Takes in up to a batch of rows whose keys are not null.
  @FunctionalInterface
  private interface Insert {
    void rows(int[] chunk, int count);
  }

  /// Has all workers insert, some batches at a time.
  private void inParts(Insert insert) {
    workers.run(
        Math.ceilDiv(rows, PART_ROWS),
        part -> {
          int end = (int) Math.min(rows, (part + 1L) * PART_ROWS);
          int[] chunk = new int[Batch.MAX_ROWS];
          int repeats = 0;
          for (int from = part * PART_ROWS; from < end; from += Batch.MAX_ROWS) {
            int count = validRows(from, chunk);
            insert.rows(chunk, count);
            for (int i = 0; i < count; i++) {
              repeats += first[chunk[i]] == chunk[i] ? 0 : 1;
            }
          }
          repeated.addAndGet(repeats);
        });
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
