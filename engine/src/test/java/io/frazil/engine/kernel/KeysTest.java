package io.frazil.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.RandomVectors;
import io.frazil.engine.vector.Vector;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// [Keys], [Ordering] and [Integers]: one order of all values.
class KeysTest {
  @Test
  void keysOfDoublesHaveTheirOrder() {
    RandomRows.forEach(rows -> {
      double[] values = rows.doubles();
      long[] keys = new long[rows.length];
      Keys.of(values, rows.length, keys);
      for (int i = 1; i < rows.length; i++) {
        assertThat(Integer.signum(Long.compare(keys[i - 1], keys[i])))
            .as("%s and %s", values[i - 1], values[i])
            .isEqualTo(Integer.signum(compare(values[i - 1], values[i])));
      }
    });
  }

  /// NaN last and one of it, one zero.
  private static int compare(double a, double b) {
    return a == b ? 0 : Double.compare(a, b);
  }

  @Test
  void keysOfOthersAreTheirValues() {
    RandomRows.forEach(rows -> {
      int[] ints = rows.ints();
      long[] keys = new long[rows.length];
      Keys.of(ints, rows.length, keys);
      assertThat(keys).isEqualTo(IntStream.of(ints).asLongStream().toArray());
      byte[] bytes = rows.booleans();
      Keys.of(bytes, rows.length, keys);
      assertThat(keys)
          .isEqualTo(LongStream.range(0, rows.length).map(i -> bytes[(int) i]).toArray());
    });
  }

  @Test
  void valuesOfAllTypesHaveOneOrder() {
    long seed = System.nanoTime();
    var vectors = new RandomVectors(seed);
    List<DataType> types =
        List.of(
            Types.BOOLEAN,
            Types.INTEGER,
            Types.BIGINT,
            Types.decimal(38, 2),
            Types.DOUBLE,
            Types.VARCHAR);
    for (DataType type : types) {
      for (int round = 0; round < 20; round++) {
        Vector a = vectors.flat(type, 50, 20);
        Vector b = vectors.flat(type, 50, 20);
        for (int i = 0; i < 50; i++) {
          Object x = RandomVectors.value(a, i);
          Object y = RandomVectors.value(b, i);
          assertThat(Integer.signum(Ordering.compare(a, i, b, i)))
              .as("seed %d: %s and %s", seed, x, y)
              .isEqualTo(Integer.signum(compare(x, y)));
        }
      }
    }
  }

  private static int compare(Object a, Object b) {
    return switch (a) {
      case Boolean x -> x.compareTo((Boolean) b);
      case Long x -> x.compareTo((Long) b);
      case BigDecimal x -> x.compareTo((BigDecimal) b);
      case Double x -> compare(x.doubleValue(), ((Double) b).doubleValue());
      default -> Arrays.compareUnsigned(utf8(a), utf8(b));
    };
  }

  private static byte[] utf8(Object text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void integersHaveTheRangesOfJavas() {
    assertThat(Integers.min(Types.TINYINT)).isEqualTo(Byte.MIN_VALUE);
    assertThat(Integers.max(Types.TINYINT)).isEqualTo(Byte.MAX_VALUE);
    assertThat(Integers.min(Types.SMALLINT)).isEqualTo(Short.MIN_VALUE);
    assertThat(Integers.max(Types.SMALLINT)).isEqualTo(Short.MAX_VALUE);
    assertThat(Integers.min(Types.INTEGER)).isEqualTo(Integer.MIN_VALUE);
    assertThat(Integers.max(Types.INTEGER)).isEqualTo(Integer.MAX_VALUE);
    assertThat(Integers.min(Types.BIGINT)).isEqualTo(Long.MIN_VALUE);
    assertThat(Integers.max(Types.BIGINT)).isEqualTo(Long.MAX_VALUE);
  }
}
