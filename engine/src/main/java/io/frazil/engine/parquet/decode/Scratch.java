package io.frazil.engine.parquet.decode;

import io.frazil.engine.memory.Reservation;
import java.util.Arrays;

/// The byte arrays that decoding needs, reserved before they are made. One thread's.
public final class Scratch {
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 64;

  private final Reservation reservation;

  /// @param reservation the caller's, who closes it once no array is used any more
  public Scratch(Reservation reservation) {
    this.reservation = reservation;
  }

  /// An array of at least `size` bytes whose content means nothing: `old` where it is large enough.
  byte[] sized(byte[] old, long size) {
    if (old.length >= size) {
      return old;
    }
    return new byte[reserve(old.length, size)];
  }

  /// An array of at least `size` bytes that begins with the first `used` of `old`.
  byte[] grown(byte[] old, int used, long size) {
    if (old.length >= size) {
      return old;
    }
    int capacity = reserve(old.length, Math.max(size, Math.min(2L * old.length, MAX_ARRAY)));
    byte[] grown = new byte[capacity];
    System.arraycopy(old, 0, grown, 0, used);
    return grown;
  }

  /// An int array in the same way, without content.
  int[] sized(int[] old, int size) {
    if (old.length >= size) {
      return old;
    }
    reservation.grow(4L * (size - old.length));
    return new int[size];
  }

  /// An int array of `size` that begins with `old`.
  int[] grown(int[] old, int size) {
    if (old.length >= size) {
      return old;
    }
    reservation.grow(4L * (size - old.length));
    return Arrays.copyOf(old, size);
  }

  /// Accounts for arrays that the caller makes.
  void reserve(long bytes) {
    reservation.grow(bytes);
  }

  private int reserve(long old, long size) {
    DamagedPage.check(size <= MAX_ARRAY, "it needs more than an array holds");
    reservation.grow(size - old);
    return (int) size;
  }
}
