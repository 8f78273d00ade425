package io.frazil.engine.exec.join;

import io.frazil.engine.evaluate.RuntimeFilter;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.hash.LongKeys;
import io.frazil.engine.hash.RowHash;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.ColumnBuffer;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.math.BigDecimal;

/// Makes the runtime filter that a build key gives: an exact bitmap where integers are dense, a
/// Bloom filter where they aren't or the key is of another type, and bounds alone where there are
/// so many keys that a test of each would not pay.
final class KeyFilters {
  /// The longest bitmap, in bits: 4 MiB.
  private static final long MAX_BITMAP = 1L << 25;

  /// Above so many build rows, there is no Bloom filter.
  private static final int MAX_BLOOM_ROWS = 1 << 21;

  private KeyFilters() {}

  static RuntimeFilter of(ColumnBuffer key, int rows, Reservation reservation) {
    long[] validity = key.validity();
    int valid = validity == null ? rows : Bitmap.count(validity, rows);
    if (valid == 0) {
      return new KeyFilter(null, null, true, new KeyMembership.Any());
    }
    Vector whole = key.whole();
    if (whole == null) {
      return new KeyFilter(null, null, false, new KeyMembership.Any());
    }
    return isOrdered(whole)
        ? ofNumbers(whole, rows, valid, reservation)
        : new KeyFilter(null, null, false, bloom(whole, rows, valid, reservation));
  }

  /// Whether encoded values are in the order of the values.
  private static boolean isOrdered(Vector key) {
    return switch (key) {
      case IntVector _, LongVector _ -> true;
      case BooleanVector _, DoubleVector _, Int128Vector _, StringVector _, DictionaryVector _ ->
          false;
    };
  }

  private static RuntimeFilter ofNumbers(Vector key, int rows, int valid, Reservation reservation) {
    KeyRange range = KeyRange.of(key, rows);
    Expression.Literal min = literal(range.min(), key.type());
    Expression.Literal max = literal(range.max(), key.type());
    long size = range.max() - range.min() + 1;
    KeyMembership membership =
        size > 0 && size <= MAX_BITMAP
            ? bitmap(key, rows, range, reservation)
            : bloom(key, rows, valid, reservation);
    return new KeyFilter(min, max, false, membership);
  }

  private static KeyMembership bitmap(
      Vector key, int rows, KeyRange range, Reservation reservation) {
    int size = (int) (range.max() - range.min() + 1);
    reservation.grow((long) Bitmap.words(size) * Long.BYTES);
    long[] bits = new long[Bitmap.words(size)];
    long[] values = new long[Batch.MAX_ROWS];
    int[] chunk = new int[Batch.MAX_ROWS];
    for (int from = 0; from < rows; from += Batch.MAX_ROWS) {
      int count = KeyRange.chunk(key, from, Math.min(rows, from + Batch.MAX_ROWS), chunk);
      LongKeys.encode(key, chunk, count, values);
      for (int i = 0; i < count; i++) {
        Bitmap.set(bits, (int) (values[i] - range.min()));
      }
    }
    return new KeyMembership.Bits(range.min(), size, bits);
  }

  private static KeyMembership bloom(Vector key, int rows, int valid, Reservation reservation) {
    if (valid > MAX_BLOOM_ROWS) {
      return new KeyMembership.Any();
    }
    long[] words = new long[KeyMembership.Bloom.words(valid)];
    reservation.grow((long) words.length * Long.BYTES);
    Vector[] keys = {key};
    RowHash hash = new RowHash(1);
    long[] hashes = new long[Batch.MAX_ROWS];
    int[] chunk = new int[Batch.MAX_ROWS];
    for (int from = 0; from < rows; from += Batch.MAX_ROWS) {
      int count = KeyRange.chunk(key, from, Math.min(rows, from + Batch.MAX_ROWS), chunk);
      hash.hash(keys, new Rows(rows, chunk, count), hashes);
      for (int i = 0; i < count; i++) {
        words[KeyMembership.Bloom.word(hashes[i], words.length)] |=
            KeyMembership.Bloom.mask(hashes[i]);
      }
    }
    return new KeyMembership.Bloom(words);
  }

  private static Expression.Literal literal(long value, DataType type) {
    assert type.physical() != PhysicalType.DOUBLE : "doubles are not in the order of their bits";
    return type instanceof DataType.Decimal decimal
        ? new Expression.Literal(BigDecimal.valueOf(value, decimal.scale()), type)
        : new Expression.Literal(value, type);
  }
}
