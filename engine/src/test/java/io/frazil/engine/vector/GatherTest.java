package io.frazil.engine.vector;

import static io.frazil.engine.vector.RandomVectors.value;
import static io.frazil.engine.vector.RandomVectors.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GatherTest {
  static List<DataType> types() {
    return List.of(
        Types.BOOLEAN,
        Types.INTEGER,
        Types.DATE,
        Types.BIGINT,
        Types.DOUBLE,
        Types.VARCHAR,
        Types.TIMESTAMP,
        Types.decimal(12, 2),
        Types.decimal(30, 4));
  }

  @ParameterizedTest
  @MethodSource("types")
  void rowsComeInTheOrderOfTheirPositions(DataType type) {
    for (long seed = 0; seed < 20; seed++) {
      var vectors = new RandomVectors(seed);
      Vector source = vectors.any(type, 200, 30);
      int[] positions = vectors.random().ints(333, 0, 200).toArray();
      assertThat(values(Gather.gather(source, positions, 333)))
          .as("seed %d", seed)
          .isEqualTo(model(source, positions));
      assertThat(values(Gather.copy(source, positions, 333)))
          .as("seed %d", seed)
          .isEqualTo(model(source, positions));
      assertThat(values(Gather.flatten(source))).as("seed %d", seed).isEqualTo(values(source));
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void positionMinusOneIsNull(DataType type) {
    for (long seed = 0; seed < 20; seed++) {
      var vectors = new RandomVectors(seed);
      Vector source = vectors.any(type, 100, 30);
      int[] positions = vectors.random().ints(150, -1, 5).toArray();
      assertThat(values(Gather.gatherOrNull(source, positions, 150)))
          .as("seed %d", seed)
          .isEqualTo(model(source, positions));
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void nothingButNullsComesFromAnEmptySource(DataType type) {
    Vector empty = new RandomVectors(0).flat(type, 0, 3);
    Vector gathered = Gather.gatherOrNull(empty, new int[] {-1, -1}, 2);
    assertThat(values(gathered)).containsExactly(null, null);
    assertThat(gathered.type()).isEqualTo(type);
  }

  @Test
  void compactingDropsTheRowsThatAreNotSelected() {
    Vector column = new RandomVectors(1).flat(Types.BIGINT, 5, 100);
    Batch batch = Batch.of(5, column);
    assertThat(Gather.compact(batch)).isSameAs(batch);
    Batch compacted = Gather.compact(batch.select(new int[] {1, 4}, 2));
    assertThat(compacted.rows()).isEqualTo(2);
    assertThat(compacted.selection()).isNull();
    assertThat(values(compacted.column(0))).containsExactly(value(column, 1), value(column, 4));
  }

  @Test
  void aCopyOutlivesTheBytesOfItsSource() {
    StringVector source = RandomVectors.text(Types.VARCHAR, List.of("one", "two", "three"));
    Vector dictionary = new DictionaryVector(new int[] {2, 0, 2, 1}, source, 4, null);
    Vector flatCopy = Gather.copy(source, null, 3);
    Vector dictionaryCopy = Gather.copy(dictionary, null, 4);
    Vector narrowCopy = Gather.copy(dictionary, new int[] {2}, 1);
    java.util.Arrays.fill(source.bytes(), (byte) 0);
    assertThat(values(flatCopy)).containsExactly("one", "two", "three");
    assertThat(values(dictionaryCopy)).containsExactly("three", "one", "three", "two");
    assertThat(dictionaryCopy).isInstanceOf(DictionaryVector.class);
    assertThat(values(narrowCopy)).containsExactly("three");
    assertThat(narrowCopy).isInstanceOf(StringVector.class);
  }

  private static List<@Nullable Object> model(Vector source, int[] positions) {
    List<@Nullable Object> expected = new ArrayList<>();
    for (int position : positions) {
      expected.add(position < 0 ? null : value(source, position));
    }
    return expected;
  }
}
