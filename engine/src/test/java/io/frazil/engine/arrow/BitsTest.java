package io.frazil.engine.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.vector.Bitmap;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitsTest {
  private static final int SOURCE = 300;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void bitsAreAppendedAsOneByOne(long seed) {
    var random = new SplittableRandom(seed);
    long[] source = random.longs(Bitmap.words(SOURCE)).toArray();
    byte[] booleans = new byte[SOURCE];
    for (int i = 0; i < SOURCE; i++) {
      booleans[i] = (byte) (Bitmap.get(source, i) ? 1 : 0);
    }
    // Whatever stood there before.
    long[] bits = random.longs(100).toArray();
    long[] expected = new long[bits.length];
    int length = 0;
    while (length < 5000) {
      int from = random.nextInt(SOURCE);
      int count = random.nextInt(SOURCE - from + 1);
      int[] positions = random.nextBoolean() ? null : random.ints(SOURCE, 0, SOURCE).toArray();
      int set = 0;
      int form = random.nextInt(3);
      for (int i = from; i < from + count; i++) {
        if (form == 0 || Bitmap.get(source, positions == null ? i : positions[i])) {
          Bitmap.set(expected, length + i - from);
          set++;
        }
      }
      switch (form) {
        case 0 -> Bits.appendSet(bits, length, count);
        case 1 -> Bits.append(booleans, positions, from, count, bits, length);
        default ->
            assertThat(Bits.append(source, positions, from, count, bits, length)).isEqualTo(set);
      }
      length += count;
      int words = Bitmap.words(length);
      assertThat(Arrays.copyOf(bits, words))
          .as("seed %d", seed)
          .isEqualTo(Arrays.copyOf(expected, words));
    }
  }
}
