package io.frazil.engine.exec.aggregate;

import io.frazil.engine.hash.LongKeys;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;

/// Groups by one key that is an `int` or a `long`.
final class LongTable implements GroupTable {
  private final DataType type;
  private final LongGroups groups;
  private long[] values = new long[Batch.MAX_ROWS];

  LongTable(DataType type, Reservation reservation) {
    this.type = type;
    this.groups = new LongGroups(reservation);
  }

  @Override
  public void intern(Vector[] columns, Rows rows, int[] out) {
    Vector column = columns[0];
    int count = rows.count();
    if (values.length < count) {
      values = new long[count];
    }
    LongKeys.encode(column, rows.selection(), count, values);
    long[] validity = column.validity();
    if (validity == null) {
      groups.intern(values, count, out);
    } else {
      internNullable(validity, rows, out);
    }
  }

  @Override
  public int groups() {
    return groups.groups();
  }

  @Override
  public boolean isScattered() {
    return groups.isScattered();
  }

  @Override
  public Vector[] keys(int from, int count) {
    long[] keys = groups.keys();
    long[] validity = null;
    if (groups.hasUnkeyed(from, count)) {
      validity = Bitmap.allSet(count);
      Bitmap.clear(validity, groups.unkeyed() - from);
    }
    if (type.physical() == PhysicalType.INT) {
      int[] ints = new int[count];
      for (int i = 0; i < count; i++) {
        ints[i] = (int) keys[from + i];
      }
      return new Vector[] {new IntVector(type, ints, count, validity)};
    }
    long[] longs = from == 0 ? keys : Arrays.copyOfRange(keys, from, from + count);
    return new Vector[] {new LongVector(type, longs, count, validity)};
  }

  /// Interns the values that are not null by themselves, then tells the rows apart.
  private void internNullable(long[] validity, Rows rows, int[] out) {
    int count = rows.count();
    int number = 0;
    for (int i = 0; i < count; i++) {
      values[number] = values[i];
      number += Bitmap.get(validity, rows.position(i)) ? 1 : 0;
    }
    int nullGroup = number < count ? groups.unkeyed() : -1;
    if (number > 0) {
      groups.intern(values, number, out);
    }
    for (int i = count - 1; i >= 0; i--) {
      out[i] = Bitmap.get(validity, rows.position(i)) ? out[--number] : nullGroup;
    }
  }
}
