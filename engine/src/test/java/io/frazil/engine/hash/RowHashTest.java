package io.frazil.engine.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowHashTest {
  private static final DataType WIDE = Types.decimal(38, 2);

  /// What tasks of different builds and machines have to agree on.
  @Test
  void goldenValuesNeverChange() {
    assertThat(hash(longs(0), longs(1), longs(-1)))
        .containsExactly(0xca813bf4c7abf0a9L, 0xbc548987ad0779ccL, 0x141423e4944be24eL);
    assertThat(hash(text(""))).containsExactly(0xdf3efe3661544fd1L);
    assertThat(hash(text("a"), text("frazil"), text("12345678"), text("0123456789abcdef-")))
        .containsExactly(
            0x3637f21d89893b5cL, 0x77f64b068d827534L, 0xd366fa12885a2edaL, 0x1ca86622faa8576cL);
    assertThat(hash(doubles(1.5), doubles(Double.NaN)))
        .containsExactly(0xae00a65010107413L, 0xdaf7c1c34db56a4aL);
    assertThat(hash(new Int128Vector(WIDE, new long[] {1}, new long[] {2}, 1, null)))
        .containsExactly(0x24e8d386d5842519L);
    assertThat(hashRow(longs(7), text("x"))).isEqualTo(0xe2150b0c8c5b3789L);
    assertThat(hashRow(longs(7), longs(0).withValidity(new long[1])))
        .isEqualTo(0x84a65afdd8b730faL);
  }

  @Test
  void encodingAndWidthDoNotCount() {
    var dictionary = new LongVector(Types.BIGINT, new long[] {9, 5}, 2, null);
    assertThat(hash(new DictionaryVector(new int[] {1}, dictionary, 1, null)))
        .isEqualTo(hash(longs(5)));
    assertThat(hash(new IntVector(Types.INTEGER, new int[] {-5}, 1, null)))
        .isEqualTo(hash(longs(-5)));
    assertThat(hash(new Int128Vector(WIDE, new long[] {-1}, new long[] {-5}, 1, null)))
        .isEqualTo(hash(longs(-5)));
    assertThat(hash(new Int128Vector(WIDE, new long[] {0}, new long[] {-5}, 1, null)))
        .isNotEqualTo(hash(longs(-5)));
  }

  @Test
  void thereIsOneZeroAndOneNan() {
    assertThat(hash(doubles(-0.0))).isEqualTo(hash(doubles(0.0)));
    assertThat(hash(doubles(Double.longBitsToDouble(0x7ff8000000000123L))))
        .isEqualTo(hash(doubles(Double.NaN)));
  }

  @Test
  void selectedRowsAreHashedInTheirOrder() {
    var keys = new Vector[] {new LongVector(Types.BIGINT, new long[] {4, 5, 6}, 3, null)};
    long[] out = new long[2];
    new RowHash(1).hash(keys, new Rows(3, new int[] {0, 2}, 2), out);
    assertThat(out).isEqualTo(hash(longs(4), longs(6)));
  }

  @Test
  void theOrderOfKeysCounts() {
    assertThat(hashRow(longs(1), longs(2))).isNotEqualTo(hashRow(longs(2), longs(1)));
  }

  @Test
  void textOfEveryLengthIsToldApart() {
    Set<Long> hashes = new HashSet<>();
    for (int length = 0; length <= 70; length++) {
      byte[] bytes = new byte[length];
      hashes.add(ValueHash.of(bytes, 0, length));
      for (int i = 0; i < length; i++) {
        bytes[i] = 1;
        hashes.add(ValueHash.of(bytes, 0, length));
        bytes[i] = 0;
      }
    }
    assertThat(hashes).hasSize(71 + 70 * 71 / 2);
  }

  @Test
  void followingIntegersSpreadOverSlotsPartitionsAndTasks() {
    int[] slots = new int[256];
    int[] partitions = new int[64];
    int[] tasks = new int[7];
    int rows = 70_000;
    for (int i = 0; i < rows; i++) {
      long hash = ValueHash.of((long) i);
      slots[(int) hash & 255]++;
      partitions[RowHash.partition(hash, 64)]++;
      tasks[RowHash.exchange(hash, 7)]++;
    }
    for (int[] shares : new int[][] {slots, partitions, tasks}) {
      double even = (double) rows / shares.length;
      assertThat(Arrays.stream(shares).max().orElseThrow()).isLessThan((int) (1.5 * even));
      assertThat(Arrays.stream(shares).min().orElseThrow()).isGreaterThan((int) (even / 1.5));
    }
  }

  private static long[] hash(Vector... columns) {
    return Arrays.stream(columns).mapToLong(RowHashTest::hashRow).toArray();
  }

  private static long hashRow(Vector... keys) {
    long[] out = new long[1];
    new RowHash(keys.length).hash(keys, Rows.all(1), out);
    return out[0];
  }

  private static Vector longs(long value) {
    return new LongVector(Types.BIGINT, new long[] {value}, 1, null);
  }

  private static Vector doubles(double value) {
    return new DoubleVector(Types.DOUBLE, new double[] {value}, 1, null);
  }

  private static Vector text(String value) {
    byte[] bytes = ("<" + value + ">").getBytes(StandardCharsets.UTF_8);
    int length = bytes.length - 2;
    return new StringVector(Types.VARCHAR, bytes, new int[] {1}, new int[] {length}, 1, null);
  }
}
