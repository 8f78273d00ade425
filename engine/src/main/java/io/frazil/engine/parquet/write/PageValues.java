package io.frazil.engine.parquet.write;

import io.frazil.engine.type.Field;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Vector;
import java.util.Comparator;
import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;

/// The values, nulls left out, of one column's current page, and the dictionary of its chunk.
///
/// A page is collected plain and encoded when it is cut: with the dictionary as long as that fits
/// its limit and its first page says that it pays, without it from then on.
abstract sealed class PageValues permits FixedValues, BinaryValues, BooleanValues {
  private final int dictionaryLimitBytes;
  private final int[] entries = new int[Batch.MAX_ROWS];
  private int[] ids = {};
  private boolean dictionaryOpen;
  private boolean dictionaryPaid;
  private long nans;

  /// @param dictionaryLimitBytes 0 for none
  PageValues(int dictionaryLimitBytes) {
    this.dictionaryLimitBytes = dictionaryLimitBytes;
    this.dictionaryOpen = dictionaryLimitBytes > 0;
  }

  static PageValues of(Field field, int dictionaryLimitBytes) {
    ParquetForm form = ParquetForm.of(field.type());
    return switch (form.physical()) {
      case BOOLEAN -> new BooleanValues();
      case INT32, INT64, FLOAT, DOUBLE -> new FixedValues(form, dictionaryLimitBytes);
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> new BinaryValues(form, dictionaryLimitBytes);
      case INT96 -> throw new IllegalArgumentException("INT96 is not written");
    };
  }

  /// Copies the values at `positions`, none of which is null.
  final void append(Vector vector, int[] positions, int count) {
    if (vector instanceof DictionaryVector d) {
      int[] vectorIds = d.ids();
      for (int i = 0; i < count; i++) {
        entries[i] = vectorIds[positions[i]];
      }
      appendFlat(d.dictionary(), entries, count);
    } else {
      appendFlat(vector, positions, count);
    }
  }

  /// Encodes the page's values behind the end of `page` and begins the next.
  final Encoding encode(ByteSink page) {
    Encoding encoding;
    if (dictionaryOpen && numberAll()) {
      int bitWidth = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(entryCount() - 1));
      page.write(bitWidth);
      RunLengths.encode(ids, count(), bitWidth, page);
      encoding = Encoding.RLE_DICTIONARY;
    } else {
      writePlain(page);
      encoding = Encoding.PLAIN;
    }
    clear();
    return encoding;
  }

  final void endChunk() {
    clearDictionary();
    dictionaryOpen = dictionaryLimitBytes > 0;
    dictionaryPaid = false;
  }

  /// The NaNs since the last call.
  final long takeNans() {
    long taken = nans;
    nans = 0;
    return taken;
  }

  final void addNans(int more) {
    nans += more;
  }

  private boolean numberAll() {
    if (count() == 0) {
      return entryCount() > 0;
    }
    int before = entryCount();
    if (ids.length < count()) {
      ids = new int[Math.max(count(), ids.length * 2)];
    }
    boolean fits = number(ids, dictionaryLimitBytes);
    if (fits && !dictionaryPaid) {
      int bitWidth = Integer.SIZE - Integer.numberOfLeadingZeros(entryCount() - 1);
      long encoded = dictionaryBytes() + (long) bitWidth * count() / Byte.SIZE;
      dictionaryPaid = encoded < bytes();
    }
    if (fits && dictionaryPaid) {
      return true;
    }
    truncateDictionary(before);
    dictionaryOpen = false;
    return false;
  }

  abstract void appendFlat(Vector vector, int[] positions, int count);

  abstract int count();

  /// How much memory the page's values take.
  abstract long bytes();

  /// The bounds of the page; null where it has none but NaNs.
  abstract @Nullable Bounds bounds();

  abstract void writePlain(ByteSink page);

  /// Begins the next page.
  abstract void clear();

  /// How bounds compare.
  abstract Comparator<byte[]> order();

  /// Gives the page's values their ids, or says that the dictionary would outgrow `limitBytes`.
  abstract boolean number(int[] ids, int limitBytes);

  abstract int entryCount();

  abstract long dictionaryBytes();

  abstract void truncateDictionary(int entries);

  abstract void clearDictionary();

  abstract void writeDictionary(ByteSink page);

  /// The bound to be recorded for a least value.
  byte[] lower(byte[] min) {
    return min;
  }

  /// The bound to be recorded for a greatest value, or null for none.
  byte @Nullable [] upper(byte[] max) {
    return max;
  }
}
