package io.frazil.engine.vector;

import static io.frazil.engine.vector.RandomVectors.value;
import static io.frazil.engine.vector.RandomVectors.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnBufferTest {
  static List<DataType> types() {
    return GatherTest.types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void whatIsAppendedComesOutAgain(DataType type) {
    for (long seed = 0; seed < 20; seed++) {
      var vectors = new RandomVectors(seed);
      List<@Nullable Object> model = new ArrayList<>();
      ColumnBuffer buffer = filled(ColumnBuffer.of(type), vectors, model);
      check(buffer, model, seed);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void partsAreConcatenatedInOrder(DataType type) {
    for (long seed = 0; seed < 20; seed++) {
      var vectors = new RandomVectors(seed);
      List<@Nullable Object> model = new ArrayList<>();
      List<ColumnBuffer> parts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        parts.add(i == 1 ? ColumnBuffer.of(type) : filled(ColumnBuffer.of(type), vectors, model));
      }
      check(ColumnBuffer.concatenate(parts), model, seed);
    }
  }

  @Test
  void textBeyondOneArrayIsKeptInSeveral() {
    for (long seed = 0; seed < 20; seed++) {
      var vectors = new RandomVectors(seed);
      List<@Nullable Object> model = new ArrayList<>();
      ColumnBuffer first = filled(new StringColumn(Types.VARCHAR, 300), vectors, model);
      ColumnBuffer second = filled(new StringColumn(Types.VARCHAR, 300), vectors, model);
      assertThat(first.whole()).isNull();
      check(ColumnBuffer.concatenate(List.of(first, second)), model, seed);
    }
  }

  @Test
  void aDictionaryIsCopiedOnceAndComesOutAsOne() {
    StringVector entries =
        RandomVectors.text(Types.VARCHAR, List.of("never", "a".repeat(1000), "b".repeat(1000)));
    int[] ids = new Random(5).ints(4096, 1, 3).toArray();
    ColumnBuffer buffer = ColumnBuffer.of(Types.VARCHAR);
    for (int i = 0; i < 10; i++) {
      buffer.append(new DictionaryVector(ids, entries, 4096, null), null, 4096);
    }
    assertThat(buffer.bytes()).isLessThan(400_000);
    var one = (DictionaryVector) buffer.gather(new int[] {7, 4096 + 7}, 2);
    var other = (DictionaryVector) buffer.gather(new int[] {9}, 1);
    assertThat(one.dictionary()).isSameAs(other.dictionary());
    assertThat(one.ids()[0]).isEqualTo(one.ids()[1]);
  }

  @Test
  void aDecimalWidensWhenTheFirstWideBatchComes() {
    DataType type = Types.decimal(38, 0);
    ColumnBuffer buffer = ColumnBuffer.of(type);
    buffer.append(new LongVector(type, new long[] {-7, 7}, 2, null), null, 2);
    assertThat(buffer.slice(0, 2)).isInstanceOf(LongVector.class);
    long[] high = {1};
    buffer.append(new Int128Vector(type, high, new long[] {0}, 1, null), null, 1);
    assertThat(values(buffer.slice(0, 3)).toString()).isEqualTo("[-7, 7, 18446744073709551616]");
  }

  private static ColumnBuffer filled(
      ColumnBuffer buffer, RandomVectors vectors, List<@Nullable Object> model) {
    Random random = vectors.random();
    for (int i = 0; i < 10; i++) {
      int length = 1 + random.nextInt(100);
      Vector source = vectors.any(buffer.type(), length, 40);
      int[] selection =
          random.nextBoolean()
              ? null
              : random.ints(0, length).distinct().limit(length / 2).sorted().toArray();
      int count = selection == null ? length : selection.length;
      long before = buffer.bytes();
      long growth = buffer.growth(source, selection, count);
      buffer.append(source, selection, count);
      assertThat(buffer.bytes() - before).isLessThanOrEqualTo(growth);
      for (int k = 0; k < count; k++) {
        model.add(value(source, selection == null ? k : selection[k]));
      }
    }
    return buffer;
  }

  private static void check(ColumnBuffer buffer, List<@Nullable Object> model, long seed) {
    int rows = model.size();
    assertThat(buffer.rows()).isEqualTo(rows);
    assertThat(values(buffer.slice(0, rows))).as("seed %d", seed).isEqualTo(model);
    int[] numbers = new Random(seed).ints(500, -1, rows).toArray();
    List<@Nullable Object> expected = new ArrayList<>();
    for (int number : numbers) {
      expected.add(number < 0 ? null : model.get(number));
    }
    assertThat(values(buffer.gatherOrNull(numbers, 500))).as("seed %d", seed).isEqualTo(expected);
    Vector whole = buffer.whole();
    if (whole != null) {
      assertThat(values(whole)).as("seed %d", seed).isEqualTo(model);
    }
  }
}
