package io.frazil.engine.kernel;

import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.RandomVectors;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.StringVector;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows as kernels get them: as many as lie at the edges of words and batches; all, some or none of
/// them alive; with and without nulls, whose slots hold zero. Values are of any size, small ones
/// and the edges of their type more often than chance has it.
final class RandomRows {
  private static final int[] LENGTHS = {0, 1, 63, 64, 65, Batch.MAX_ROWS - 1, Batch.MAX_ROWS};
  private static final long[] EDGES = {
    0,
    1,
    -1,
    10,
    -10,
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE,
    1L << 32,
    -(1L << 32),
    Byte.MIN_VALUE,
    Byte.MAX_VALUE,
    Short.MIN_VALUE,
    Short.MAX_VALUE,
    1L << 53
  };
  private static final double[] ODD_DOUBLES = {
    Double.NaN,
    0.0,
    -0.0,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    0.5,
    1.5,
    2.5,
    -0.5,
    0x1p63,
    -0x1p63,
    127.5,
    -128.5,
    2147483647.5
  };
  private static final String ALPHABET = "aab%_ö€𝄞x ";

  /// Rows in ten.
  private static final int[] ALIVE = {0, 1, 5, 10};

  private static final int[] NULL = {0, 3, 10};

  final Random random;
  final int length;
  final int[] selection;
  final long @Nullable [] validity;

  private RandomRows(Random random, int length, int alive, int nulls) {
    this.random = random;
    this.length = length;
    selection = IntStream.range(0, length).filter(_ -> random.nextInt(10) < alive).toArray();
    validity = nulls == 0 ? null : new long[Bitmap.words(length)];
    for (int i = 0; validity != null && i < length; i++) {
      if (random.nextInt(10) >= nulls) {
        Bitmap.set(validity, i);
      }
    }
  }

  /// Every combination of length, liveness and nulls.
  static void forEach(Consumer<RandomRows> test) {
    long seed = System.nanoTime();
    for (int length : LENGTHS) {
      for (int alive : ALIVE) {
        for (int nulls : NULL) {
          seed++;
          try {
            test.accept(new RandomRows(new Random(seed), length, alive, nulls));
          } catch (Throwable e) {
            throw new AssertionError(
                "seed %d: %d rows, %d in ten alive, %d in ten null"
                    .formatted(seed, length, alive, nulls),
                e);
          }
        }
      }
    }
  }

  int count() {
    return selection.length;
  }

  Positions positions() {
    return new Positions(selection, count(), validity);
  }

  Rows rows() {
    return new Rows(length, selection, count());
  }

  boolean isNull(int row) {
    return validity != null && !Bitmap.get(validity, row);
  }

  /// The live rows that are not null.
  int[] valid() {
    return Arrays.stream(selection).filter(p -> !isNull(p)).toArray();
  }

  /// Every value alike fits this many bits, in some calls few.
  long[] longs() {
    int shift = random.nextInt(64);
    boolean hasEdges = random.nextBoolean();
    long[] values = new long[length];
    for (int i = 0; i < length; i++) {
      boolean isEdge = hasEdges && random.nextInt(8) == 0;
      long value = isEdge ? EDGES[random.nextInt(EDGES.length)] : random.nextLong() >> shift;
      values[i] = isNull(i) ? 0 : value;
    }
    return values;
  }

  long[] longs(long min, long max) {
    return Arrays.stream(longs())
        .map(v -> v < min || v > max ? Math.clamp(v % (max / 2 + 1), min, max) : v)
        .toArray();
  }

  int[] ints(long min, long max) {
    return Arrays.stream(longs(min, max)).mapToInt(Math::toIntExact).toArray();
  }

  int[] ints() {
    return ints(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  byte[] booleans() {
    byte[] values = new byte[length];
    for (int i = 0; i < length; i++) {
      values[i] = (byte) (isNull(i) ? 0 : random.nextInt(2));
    }
    return values;
  }

  double[] doubles() {
    long[] wholes = longs();
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      double value =
          switch (random.nextInt(4)) {
            case 0 -> ODD_DOUBLES[random.nextInt(ODD_DOUBLES.length)];
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> wholes[i];
            default -> random.nextInt(100_000) / 100.0;
          };
      values[i] = isNull(i) ? 0 : value;
    }
    return values;
  }

  /// Positions of another array of this many values.
  int[] ids(int values) {
    int[] ids = new int[length];
    for (int i = 0; i < length; i++) {
      ids[i] = isNull(i) ? 0 : random.nextInt(values);
    }
    return ids;
  }

  /// Short and long ones, with characters of one to four bytes, often alike.
  List<String> texts() {
    int most = random.nextBoolean() ? 3 : 40;
    return IntStream.range(0, length).mapToObj(i -> isNull(i) ? "" : text(random, most)).toList();
  }

  static String text(Random random, int most) {
    int[] points = ALPHABET.codePoints().toArray();
    return random
        .ints(random.nextInt(most + 1), 0, points.length)
        .mapToObj(i -> Character.toString(points[i]))
        .reduce("", String::concat);
  }

  StringVector vector(List<String> texts) {
    return RandomVectors.text(Types.VARCHAR, texts).withValidity(validity);
  }
}
