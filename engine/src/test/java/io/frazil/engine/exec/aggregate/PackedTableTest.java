package io.frazil.engine.exec.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Numbers against those that a map gives.
class PackedTableTest {
  private static final int ROWS = 1000;

  private final MemoryPool memory = new MemoryPool(1L << 28);
  private final Reservation reservation = memory.reservation("the test");
  private final SplittableRandom random = new SplittableRandom(7);

  @AfterEach
  void itsMemoryIsTheReservations() {
    assertThat(memory.used()).isEqualTo(reservation.bytes());
    reservation.close();
  }

  @Test
  void rangesThatGrowUpwardsKeepTheNumbers() {
    check(40, step -> step * 1_000, step -> step);
  }

  @Test
  void rangesThatGrowDownwardsKeepTheNumbers() {
    check(40, step -> -step * step * 100_000, step -> 5 - step);
  }

  @Test
  void keysFarApartGoOverToHashing() {
    check(30, step -> step * 1_000_000_007L, step -> step % 3 * 1000);
  }

  @Test
  void keysThatFitNoLongGoOverToRows() {
    check(12, step -> step < 6 ? step : Long.MAX_VALUE - step, step -> step);
    check(12, step -> step < 6 ? step : Long.MIN_VALUE + 100 - step, step -> step);
    check(8, step -> step % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE - ROWS, step -> -step);
  }

  @Test
  void aColumnOfNullsAloneTakesNoRoom() {
    var table = new PackedTable(List.of(Types.BIGINT, Types.BIGINT), reservation);
    int[] out = new int[2];
    long[] none = new long[1];
    Vector values = new LongVector(Types.BIGINT, new long[] {Long.MIN_VALUE + 5, 9}, 2, null);
    Vector nulls = new LongVector(Types.BIGINT, new long[2], 2, none);
    table.intern(new Vector[] {nulls, nulls}, Rows.all(2), out);
    assertThat(out).containsExactly(0, 0);
    table.intern(new Vector[] {nulls, values}, Rows.all(2), out);
    assertThat(out).containsExactly(1, 2);
  }

  private void check(int steps, LongUnaryOperator bigBase, LongUnaryOperator smallBase) {
    List<DataType> types = List.of(Types.BIGINT, Types.INTEGER);
    var table = new PackedTable(types, reservation);
    Map<List<@Nullable Object>, Integer> expected = new HashMap<>();
    int[] out = new int[Batch.MAX_ROWS];
    for (long step = 0; step < steps; step++) {
      long from = bigBase.applyAsLong(step);
      int small = (int) smallBase.applyAsLong(step);
      Batch batch = batch(from, small, random.nextBoolean());
      Rows rows = rows(batch);
      table.intern(batch.columns(), rows, out);
      for (int i = 0; i < rows.count(); i++) {
        var key = new ArrayList<@Nullable Object>();
        for (Vector column : batch.columns()) {
          key.add(VectorValues.value(column, rows.position(i)));
        }
        Integer number = expected.putIfAbsent(key, expected.size());
        assertThat(out[i]).isEqualTo(number == null ? expected.size() - 1 : number);
      }
    }
    assertThat(table.groups()).isEqualTo(expected.size());
    Vector[] keys = table.keys(0, table.groups());
    expected.forEach((key, number) -> {
      assertThat(VectorValues.value(keys[0], number)).isEqualTo(key.get(0));
      assertThat(VectorValues.value(keys[1], number)).isEqualTo(key.get(1));
    });
  }

  private Rows rows(Batch batch) {
    if (random.nextBoolean()) {
      return Rows.all(batch.length());
    }
    int[] selection = new int[batch.length()];
    int count = 0;
    for (int i = 0; i < selection.length; i++) {
      selection[count] = i;
      count += random.nextInt(2);
    }
    return new Rows(batch.length(), selection, count);
  }

  private Batch batch(long from, int small, boolean hasNulls) {
    long[] longs = new long[ROWS];
    int[] ints = new int[ROWS];
    long[] validity = Bitmap.allSet(ROWS);
    for (int i = 0; i < ROWS; i++) {
      longs[i] = from + random.nextInt(ROWS / 2);
      ints[i] = small + random.nextInt(3);
      if (hasNulls && random.nextInt(4) == 0) {
        Bitmap.clear(validity, i);
        longs[i] = 0;
      }
    }
    return Batch.of(
        ROWS,
        new LongVector(Types.BIGINT, longs, ROWS, hasNulls ? validity : null),
        new IntVector(Types.INTEGER, ints, ROWS, null));
  }
}
