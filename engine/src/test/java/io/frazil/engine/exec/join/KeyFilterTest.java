package io.frazil.engine.exec.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.evaluate.RuntimeFilter;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.ColumnBuffer;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.RandomVectors;
import io.frazil.engine.vector.Vector;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyFilterTest {
  private final MemoryPool memory = new MemoryPool(1L << 30);

  static List<DataType> types() {
    return List.of(
        Types.BOOLEAN,
        Types.INTEGER,
        Types.BIGINT,
        Types.DOUBLE,
        Types.VARCHAR,
        Types.decimal(12, 2),
        Types.decimal(30, 4));
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyRowWithAMatchPassesAndNoNullDoes(DataType type) {
    for (int seed = 0; seed < 30; seed++) {
      var vectors = new RandomVectors(seed);
      Vector build = vectors.any(type, 300, 200);
      ColumnBuffer keys = ColumnBuffer.of(type);
      keys.append(build, null, 300);
      RuntimeFilter filter = KeyFilters.of(keys, 300, memory.reservation("test"));
      Set<Object> known = new HashSet<>();
      for (int i = 0; i < 300; i++) {
        Object value = JoinModel.canonical(RandomVectors.value(build, i));
        if (value != null) {
          known.add(value);
        }
      }
      Vector probe = vectors.any(type, 500, 2000);
      int[] selection =
          vectors.random().nextBoolean()
              ? null
              : IntStream.range(0, 500).filter(_ -> vectors.random().nextBoolean()).toArray();
      int count = selection == null ? 500 : selection.length;
      int[] out = new int[500];
      int passed = filter.filter(probe, selection, count, out);
      Set<Integer> passing = new HashSet<>();
      IntStream.of(out).limit(passed).forEach(passing::add);
      for (int i = 0; i < count; i++) {
        int position = selection == null ? i : selection[i];
        Object value = JoinModel.canonical(RandomVectors.value(probe, position));
        boolean matches = value != null && known.contains(value);
        assertThat(!matches || passing.contains(position)).as("seed %d", seed).isTrue();
        assertThat(value != null || !passing.contains(position)).as("seed %d", seed).isTrue();
      }
    }
  }

  @Test
  void denseKeysAreFilteredExactly() {
    RuntimeFilter filter = of(Types.BIGINT, 10, 12, 99);
    assertThat(Objects.requireNonNull(filter.min()).value()).isEqualTo(10L);
    assertThat(Objects.requireNonNull(filter.max()).value()).isEqualTo(99L);
    assertThat(filter.passesNothing()).isFalse();
    long[] probe = {9, 10, 11, 12, 98, 99, 100, Long.MIN_VALUE, Long.MAX_VALUE};
    int[] out = new int[probe.length];
    int passed =
        filter.filter(new LongVector(Types.BIGINT, probe, probe.length, null), null, 9, out);
    assertThat(out).startsWith(1, 3, 5);
    assertThat(passed).isEqualTo(3);
  }

  @Test
  void fewKeysFarApartLetFewOthersPass() {
    RuntimeFilter filter = of(Types.BIGINT, Long.MIN_VALUE, 0, Long.MAX_VALUE);
    long[] probe = new RandomVectors(1).random().longs(4096).toArray();
    int[] out = new int[4096];
    Vector keys = new LongVector(Types.BIGINT, probe, 4096, null);
    assertThat(filter.filter(keys, null, 4096, out)).isLessThan(100);
  }

  @Test
  void boundsOfDecimalsHaveTheirScale() {
    RuntimeFilter filter = of(Types.decimal(12, 2), -150, 275);
    assertThat(Objects.requireNonNull(filter.min()).value()).isEqualTo(new BigDecimal("-1.50"));
    assertThat(Objects.requireNonNull(filter.max()).value()).isEqualTo(new BigDecimal("2.75"));
  }

  @Test
  void withoutKeysNothingPasses() {
    RuntimeFilter filter = of(Types.BIGINT);
    assertThat(filter.passesNothing()).isTrue();
    Vector keys = new LongVector(Types.BIGINT, new long[] {0}, 1, null);
    assertThat(filter.filter(keys, null, 1, new int[1])).isZero();
  }

  private RuntimeFilter of(DataType type, long... values) {
    ColumnBuffer keys = ColumnBuffer.of(type);
    keys.append(new LongVector(type, values, values.length, null), null, values.length);
    return KeyFilters.of(keys, values.length, memory.reservation("test"));
  }
}
