package io.frazil.engine.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The hash of one value: both halves of a 128-bit product folded into 64 bits, as the wyhash
/// family does. The constants are odd and have half of their bits set; they are the seed, and never
/// change while plans and exchanges of several builds may meet.
public final class ValueHash {
  /// Of null, of every type.
  public static final long NULL = 0x6a09e667f3bcc909L;

  private static final long SEED = 0x8bb84b93962eacc9L;
  private static final long FACTOR = 0x2d358dccaa6c78a5L;
  private static final long WIDE = 0x4b33a62ed433d4a3L;
  private static final long LEFT = 0x9e3779b97f4a7c15L;
  private static final long RIGHT = 0xd1b54a32d192ed03L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private ValueHash() {}

  /// Of an integer, a boolean (0 or 1), a date, a timestamp, or an unscaled decimal.
  public static long of(long value) {
    return mix(value ^ SEED, FACTOR);
  }

  /// Of an unscaled decimal in 128 bits: as [#of(long)] where it fits.
  public static long of(long high, long low) {
    return high == (low >> 63) ? of(low) : combine(of(low), mix(high ^ SEED, WIDE));
  }

  /// Of a floating point number: one NaN, one zero.
  public static long of(double value) {
    return of(canonicalBits(value));
  }

  /// The bits that are equal where two numbers count as equal.
  public static long canonicalBits(double value) {
    return value == 0 ? 0 : Double.doubleToLongBits(value);
  }

  /// Of text.
  public static long of(byte[] bytes, int start, int length) {
    long hash = SEED ^ (length * WIDE);
    int at = start;
    int left = length;
    while (left > 16) {
      hash = mix(longAt(bytes, at) ^ hash, longAt(bytes, at + 8) ^ FACTOR);
      at += 16;
      left -= 16;
    }
    long first;
    long second = 0;
    if (left >= 8) {
      first = longAt(bytes, at);
      second = longAt(bytes, at + left - 8);
    } else if (left >= 4) {
      first = intAt(bytes, at);
      second = intAt(bytes, at + left - 4);
    } else {
      first = upToThree(bytes, at, left);
    }
    return mix(mix(first ^ hash, second ^ FACTOR) ^ LEFT, hash ^ RIGHT);
  }

  /// Of a row whose leading columns hash to `left` and whose next one to `right`.
  public static long combine(long left, long right) {
    return mix(left ^ LEFT, right ^ RIGHT);
  }

  private static long upToThree(byte[] bytes, int at, int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = (value << Byte.SIZE) | (bytes[at + i] & 0xff);
    }
    return value;
  }

  private static long mix(long a, long b) {
    return (a * b) ^ Math.unsignedMultiplyHigh(a, b);
  }

  private static long longAt(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  private static long intAt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at) & 0xffffffffL;
  }
}
