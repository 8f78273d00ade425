package io.frazil.engine.exec.aggregate;

import io.frazil.engine.hash.LongKeys;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.Dense;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Groups by several keys that are numbers, packed into one long as the ranges of those seen allow
/// ([KeyLayout]), so that a row costs one look where its group is. Ranges that grow make another
/// layout, to which all groups move; where none fits a long, they move to a [RowTable].
final class PackedTable implements GroupTable {
  private final List<DataType> types;
  private final Reservation reservation;

  /// The values of each key that the layout is to cover; none where `least > greatest`.
  private final long[] least;

  private final long[] greatest;

  private KeyLayout layout;
  private LongGroups groups;
  private @Nullable RowTable unpacked;

  private long[][] values;
  private long[] packed = new long[Batch.MAX_ROWS];

  PackedTable(List<DataType> types, Reservation reservation) {
    this.types = types;
    this.reservation = reservation;
    this.groups = new LongGroups(reservation);
    this.least = new long[types.size()];
    this.greatest = new long[types.size()];
    Arrays.fill(least, Long.MAX_VALUE);
    Arrays.fill(greatest, Long.MIN_VALUE);
    int[] none = new int[types.size()];
    this.layout = new KeyLayout(new long[types.size()], none, none);
    this.values = new long[types.size()][Batch.MAX_ROWS];
  }

  /// Whether keys of these types may be packed.
  static boolean holds(List<DataType> types) {
    return types.stream()
        .allMatch(type ->
            switch (type.physical()) {
              case BOOLEAN, INT, LONG -> true;
              case INT128, DOUBLE, STRING -> false;
            });
  }

  @Override
  public void intern(Vector[] columns, Rows rows, int[] out) {
    if (unpacked == null && !pack(columns, rows)) {
      unpacked = unpack();
    }
    if (unpacked == null) {
      groups.intern(packed, rows.count(), out);
    } else {
      unpacked.intern(columns, rows, out);
    }
  }

  @Override
  public int groups() {
    return unpacked == null ? groups.groups() : unpacked.groups();
  }

  @Override
  public boolean isScattered() {
    return unpacked != null || groups.isScattered();
  }

  @Override
  public Vector[] keys(int from, int count) {
    if (unpacked != null) {
      return unpacked.keys(from, count);
    }
    var out = new Vector[types.size()];
    Arrays.setAll(out, k -> layout.unpack(k, types.get(k), groups.keys(), from, count));
    return out;
  }

  /// Packs the rows' keys, into another layout if need be; says whether that is possible.
  private boolean pack(Vector[] columns, Rows rows) {
    int count = rows.count();
    reserveScratch(count);
    var validity = new long[columns.length] @Nullable [];
    boolean isCovered = true;
    for (int k = 0; k < columns.length; k++) {
      Vector column = columns[k].validity() == null ? columns[k] : Dense.of(columns[k], rows);
      int[] selection = columns[k].validity() == null ? rows.selection() : null;
      LongKeys.encode(column, selection, count, values[k]);
      validity[k] = column.validity();
      isCovered &= cover(k, validity[k], count);
    }
    if (!isCovered && !move()) {
      return false;
    }
    Arrays.fill(packed, 0, count, 0);
    for (int k = 0; k < columns.length; k++) {
      layout.pack(k, values[k], validity[k], count, packed);
    }
    return true;
  }

  /// Whether the layout covers the values of a key; widens the range that the next one is to have
  /// if it doesn't.
  private boolean cover(int k, long @Nullable [] validity, int count) {
    long[] column = values[k];
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      boolean counts = validity == null || Bitmap.get(validity, i);
      min = Math.min(min, counts ? column[i] : Long.MAX_VALUE);
      max = Math.max(max, counts ? column[i] : Long.MIN_VALUE);
    }
    if (min > max || layout.covers(k, min, max)) {
      return true;
    }
    widen(k, min, max);
    return false;
  }

  /// A range that grows again leaves as much room as it had, so that it won't do so often.
  private void widen(int k, long min, long max) {
    long room = least[k] > greatest[k] ? 0 : greatest[k] - least[k];
    if (min < least[k]) {
      least[k] = room > 0 && min >= Long.MIN_VALUE + room ? min - room : min;
    }
    if (max > greatest[k]) {
      greatest[k] = room > 0 && max <= Long.MAX_VALUE - room ? max + room : max;
    }
  }

  /// Moves all groups to a layout of the ranges, if there is one.
  private boolean move() {
    KeyLayout next = KeyLayout.of(least, greatest);
    if (next == null) {
      return false;
    }
    int count = groups.groups();
    if (count > 0) {
      var moved = new LongGroups(reservation);
      int[] numbers = new int[Batch.MAX_ROWS];
      for (int from = 0; from < count; from += numbers.length) {
        int number = Math.min(numbers.length, count - from);
        long[] keys = new long[number];
        layout.repack(next, groups.keys(), from, number, keys);
        moved.intern(keys, number, numbers);
      }
      groups.close();
      groups = moved;
    }
    layout = next;
    return true;
  }

  /// All groups, with the same numbers, in a table for any keys.
  private RowTable unpack() {
    var table = new RowTable(types, reservation);
    int[] numbers = new int[Batch.MAX_ROWS];
    int count = groups.groups();
    for (int from = 0; from < count; from += numbers.length) {
      int number = Math.min(numbers.length, count - from);
      table.intern(keys(from, number), Rows.all(number), numbers);
    }
    groups.close();
    return table;
  }

  private void reserveScratch(int count) {
    if (packed.length < count) {
      packed = new long[count];
      values = new long[types.size()][count];
    }
  }
}
