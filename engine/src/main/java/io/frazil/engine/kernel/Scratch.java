package io.frazil.engine.kernel;

import io.frazil.engine.vector.Batch;

/// Arrays that are made once and used for one batch after the other: one of each kind, made when
/// first asked for. What was in them stays until it is overwritten.
public final class Scratch {
  private static final int SMALL = 64;

  private byte[] bytes = {};
  private int[] ints = {};
  private int[] moreInts = {};
  private long[] longs = {};
  private long[] moreLongs = {};
  private double[] doubles = {};

  public byte[] bytes(int length) {
    if (bytes.length < length) {
      bytes = new byte[capacity(length)];
    }
    return bytes;
  }

  public int[] ints(int length) {
    if (ints.length < length) {
      ints = new int[capacity(length)];
    }
    return ints;
  }

  /// The second array of views.
  public int[] moreInts(int length) {
    if (moreInts.length < length) {
      moreInts = new int[capacity(length)];
    }
    return moreInts;
  }

  public long[] longs(int length) {
    if (longs.length < length) {
      longs = new long[capacity(length)];
    }
    return longs;
  }

  /// The second array of 128-bit values.
  public long[] moreLongs(int length) {
    if (moreLongs.length < length) {
      moreLongs = new long[capacity(length)];
    }
    return moreLongs;
  }

  public double[] doubles(int length) {
    if (doubles.length < length) {
      doubles = new double[capacity(length)];
    }
    return doubles;
  }

  /// A whole batch for all but the one-row batches of planning.
  static int capacity(int length) {
    return length <= SMALL ? SMALL : Math.max(length, Batch.MAX_ROWS);
  }
}
