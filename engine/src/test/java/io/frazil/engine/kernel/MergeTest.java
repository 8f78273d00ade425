package io.frazil.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.NullSlots;
import io.frazil.engine.vector.RandomVectors;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What moves values between vectors: [Merge], [Flattener], [Lookup], [TextBuilder], [Scratch] and
/// the zeroing of null slots.
class MergeTest {
  static final List<DataType> TYPES =
      List.of(
          Types.BOOLEAN,
          Types.DATE,
          Types.BIGINT,
          Types.decimal(12, 2),
          Types.decimal(38, 2),
          Types.DOUBLE,
          Types.VARCHAR);
  private static final int[] LENGTHS = {0, 1, 64, 65, Batch.MAX_ROWS - 1, Batch.MAX_ROWS};

  private final long seed = System.nanoTime();
  private final RandomVectors vectors = new RandomVectors(seed);
  private final Random random = vectors.random();

  /// Each row of one of three vectors, or null; through one [Merge] for all lengths, so that
  /// nothing stays behind.
  @ParameterizedTest
  @FieldSource("TYPES")
  void rowsOfSeveralVectorsBecomeOne(DataType type) {
    var merge = new Merge(type);
    for (int round = 0; round < 5; round++) {
      for (int length : LENGTHS) {
        List<Vector> sources = List.of(any(type, length), any(type, length), any(type, length));
        int[] chosen = random.ints(length, 0, 4).toArray();
        merge.start(length);
        for (int s = 0; s < 4; s++) {
          int source = s;
          int[] rows = IntStream.range(0, length).filter(i -> chosen[i] == source).toArray();
          if (s < 3) {
            merge.copy(sources.get(s), rows, rows.length);
          } else {
            merge.nulls(rows, rows.length);
          }
        }
        Vector merged = merge.finish();
        for (int i = 0; i < length; i++) {
          Object expected = chosen[i] == 3 ? null : RandomVectors.value(sources.get(chosen[i]), i);
          assertThat(RandomVectors.value(merged, i)).as("seed %d", seed).isEqualTo(expected);
        }
        assertNullSlotsHoldZero(merged);
      }
    }
  }

  private Vector any(DataType type, int length) {
    return vectors.any(type, length, 30);
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void flatVectorsHaveTheValuesOfTheirDictionaries(DataType type) {
    var flattener = new Flattener();
    for (int round = 0; round < 5; round++) {
      for (int length : LENGTHS) {
        Vector vector = any(type, length);
        int[] some = IntStream.range(0, length).filter(_ -> random.nextBoolean()).toArray();
        Vector flat = flattener.flat(vector, new Rows(length, some, some.length));
        assertThat(flat).isNotInstanceOf(DictionaryVector.class);
        for (int p : some) {
          assertThat(RandomVectors.value(flat, p))
              .as("seed %d", seed)
              .isEqualTo(RandomVectors.value(vector, p));
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void constantsAreWrittenOut(DataType type) {
    var flattener = new Flattener();
    Vector one = vectors.flat(type, 1, 30);
    for (int length : new int[] {3, 1, 70, Batch.MAX_ROWS, 5}) {
      Vector constant = DictionaryVector.constant(one, length);
      assertThat(RandomVectors.values(flattener.flat(constant, Rows.all(length))))
          .as("seed %d", seed)
          .containsOnly(RandomVectors.value(one, 0))
          .hasSize(length);
      Vector other = vectors.dictionary(type, length, 30);
      assertThat(RandomVectors.values(flattener.flat(other, Rows.all(length))))
          .as("seed %d", seed)
          .isEqualTo(RandomVectors.values(other));
    }
  }

  @Test
  void whatWasReleasedStaysValid() {
    var flattener = new Flattener();
    Vector first = vectors.dictionary(Types.BIGINT, 100, 30);
    Vector flat = flattener.flat(first, Rows.all(100));
    flattener.release();
    flattener.flat(vectors.dictionary(Types.BIGINT, 100, 30), Rows.all(100));
    assertThat(RandomVectors.values(flat)).isEqualTo(RandomVectors.values(first));
  }

  @Test
  void lookupsWriteTheirRowsAlone() {
    RandomRows.forEach(rows -> {
      int[] ids = rows.ids(Math.max(1, rows.length));
      long[] longs = rows.longs();
      long[] longOut = longs.clone();
      Lookup.longs(longs, ids, rows.selection, rows.count(), longOut);
      int[] ints = rows.ints();
      int[] intOut = ints.clone();
      Lookup.ints(ints, ids, rows.selection, rows.count(), intOut);
      double[] doubles = rows.doubles();
      double[] doubleOut = doubles.clone();
      Lookup.doubles(doubles, ids, rows.selection, rows.count(), doubleOut);
      byte[] bytes = rows.booleans();
      byte[] byteOut = bytes.clone();
      Lookup.bytes(bytes, ids, rows.selection, rows.count(), byteOut);
      for (int i = 0; i < rows.length; i++) {
        int from = Arrays.binarySearch(rows.selection, i) >= 0 ? ids[i] : i;
        assertThat(longOut[i]).isEqualTo(longs[from]);
        assertThat(intOut[i]).isEqualTo(ints[from]);
        assertThat(Double.valueOf(doubleOut[i])).isEqualTo(Double.valueOf(doubles[from]));
        assertThat(byteOut[i]).isEqualTo(bytes[from]);
      }
    });
  }

  @Test
  void nullSlotsAreZeroedAndOthersKept() {
    RandomRows.forEach(rows -> {
      long[] longs = new long[rows.length];
      int[] ints = new int[rows.length];
      double[] doubles = new double[rows.length];
      byte[] bytes = new byte[rows.length];
      Arrays.fill(longs, 7);
      Arrays.fill(ints, 7);
      Arrays.fill(doubles, 7);
      Arrays.fill(bytes, (byte) 7);
      NullSlots.zero(longs, rows.validity, rows.length);
      NullSlots.zero(ints, rows.validity, rows.length);
      NullSlots.zero(doubles, rows.validity, rows.length);
      NullSlots.zero(bytes, rows.validity, rows.length);
      for (int i = 0; i < rows.length; i++) {
        int expected = rows.isNull(i) ? 0 : 7;
        assertThat(longs[i]).isEqualTo(expected);
        assertThat(ints[i]).isEqualTo(expected);
        assertThat(doubles[i]).isEqualTo(expected);
        assertThat(bytes[i]).isEqualTo((byte) expected);
      }
    });
  }

  @Test
  void textsAreBuiltOneBehindTheOther() {
    var builder = new TextBuilder();
    RandomRows.forEach(rows -> {
      List<String> texts = rows.texts();
      StringVector source = rows.vector(texts);
      builder.start(rows.length);
      for (int p : rows.selection) {
        builder.append(source.bytes(), source.starts()[p], source.lengths()[p]);
        builder.append((byte) '!');
        assertThat(builder.rowBytes()).isEqualTo(source.lengths()[p] + 1);
        if (rows.isNull(p)) {
          builder.endNull(p);
        } else {
          builder.end(p);
        }
      }
      StringVector built = builder.vector(rows.validity);
      for (int p : rows.selection) {
        assertThat(built.text(p)).isEqualTo(rows.isNull(p) ? "" : texts.get(p) + "!");
      }
    });
  }

  @Test
  void scratchGrowsAndKeepsItsArrays() {
    var scratch = new Scratch();
    assertThat(scratch.longs(1))
        .hasSize(64)
        .isSameAs(scratch.longs(64))
        .isNotSameAs(scratch.moreLongs(64));
    assertThat(scratch.longs(65)).hasSize(Batch.MAX_ROWS).isSameAs(scratch.longs(Batch.MAX_ROWS));
    assertThat(scratch.ints(10_000)).hasSize(10_000).isNotSameAs(scratch.moreInts(10_000));
    assertThat(scratch.doubles(3)).isSameAs(scratch.doubles(4));
    assertThat(scratch.bytes(3)).isSameAs(scratch.bytes(4));
  }

  private static void assertNullSlotsHoldZero(Vector vector) {
    long[] validity = vector.validity();
    for (int i = 0; validity != null && i < vector.length(); i++) {
      if (!Bitmap.get(validity, i)) {
        boolean isZero =
            switch (vector) {
              case BooleanVector v -> v.values()[i] == 0;
              case IntVector v -> v.values()[i] == 0;
              case LongVector v -> v.values()[i] == 0;
              case Int128Vector v -> (v.high()[i] | v.low()[i]) == 0;
              case DoubleVector v -> Double.doubleToRawLongBits(v.values()[i]) == 0;
              case StringVector v -> v.lengths()[i] == 0;
              case DictionaryVector v -> v.ids()[i] == 0;
            };
        assertThat(isZero).as("null slot %d of %s", i, vector.type()).isTrue();
      }
    }
  }
}
