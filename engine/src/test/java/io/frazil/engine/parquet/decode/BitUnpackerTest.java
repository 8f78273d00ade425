package io.frazil.engine.parquet.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every width, from and to every position within a group of eight, against a loop over bits.
class BitUnpackerTest {
  private static final int VALUES = 100;

  static IntStream widths() {
    return IntStream.rangeClosed(1, 64);
  }

  @ParameterizedTest
  @MethodSource("widths")
  void valuesAreThoseOfTheirBits(int width) {
    byte[] packed = new byte[3 + VALUES * width / 8 + 1 + LittleEndian.PADDING + 1];
    new Random(width).nextBytes(packed);
    for (int from = 0; from < 17; from++) {
      for (int count : new int[] {0, 1, 7, 8, 9, 40, VALUES - from}) {
        long[] longs = new long[count + 2];
        BitUnpacker.unpack(packed, 3, from, width, longs, 1, count);
        for (int i = 0; i < count; i++) {
          assertThat(longs[1 + i]).isEqualTo(value(packed, from + i, width));
        }
        if (width <= 31) {
          checkInts(packed, from, width, count);
        }
      }
    }
  }

  private static void checkInts(byte[] packed, int from, int width, int count) {
    int[] ints = new int[count + 2];
    BitUnpacker.unpack(packed, 3, from, width, ints, 1, count);
    for (int i = 0; i < count; i++) {
      assertThat((long) ints[1 + i]).isEqualTo(value(packed, from + i, width));
    }
    assertThat(ints[0]).isZero();
    assertThat(ints[count + 1]).isZero();
  }

  private static long value(byte[] packed, int index, int width) {
    long value = 0;
    for (int bit = 0; bit < width; bit++) {
      int at = 24 + index * width + bit;
      value |= (long) (packed[at >>> 3] >>> (at & 7) & 1) << bit;
    }
    return value;
  }
}
