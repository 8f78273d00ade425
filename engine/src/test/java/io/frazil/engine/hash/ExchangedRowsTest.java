package io.frazil.engine.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExchangedRowsTest {
  @Test
  void eachSelectedRowGoesToTheTaskOfItsKeysHashInOrder() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var exchanged = new ExchangedRows(List.of(1), 5);
    for (int round = 0; round < 20; round++) {
      long[] keys = random.longs(Batch.MAX_ROWS, 0, 300).toArray();
      int[] selection =
          IntStream.range(0, keys.length).filter(_ -> random.nextInt(3) > 0).toArray();
      var key = new LongVector(Types.BIGINT, keys, keys.length, null);
      var other = new IntVector(Types.INTEGER, new int[keys.length], keys.length, null);
      long[] hashes = new long[keys.length];
      new RowHash(1).hash(new Vector[] {key}, Rows.all(keys.length), hashes);
      List<List<Integer>> expected = new ArrayList<>();
      IntStream.range(0, 5).forEach(_ -> expected.add(new ArrayList<>()));
      for (int position : selection) {
        expected.get(RowHash.exchange(hashes[position], 5)).add(position);
      }
      exchanged.divide(Batch.of(keys.length, other, key).select(selection, selection.length));
      assertThat(positions(exchanged)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void withoutKeysAllRowsGoToOneTask() {
    var exchanged = new ExchangedRows(List.of(), 3);
    exchanged.divide(Batch.of(3, new LongVector(Types.BIGINT, new long[] {7, 8, 9}, 3, null)));
    assertThat(positions(exchanged)).containsOnlyOnce(List.of(0, 1, 2)).contains(List.of());
  }

  private static List<List<Integer>> positions(ExchangedRows rows) {
    int[] out = new int[Batch.MAX_ROWS];
    var all = new ArrayList<List<Integer>>();
    for (int task = 0; task < rows.tasks(); task++) {
      int count = rows.of(task, out);
      all.add(Arrays.stream(out, 0, count).boxed().toList());
    }
    return all;
  }
}
