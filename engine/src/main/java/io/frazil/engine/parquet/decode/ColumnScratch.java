package io.frazil.engine.parquet.decode;

import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;

/// The arrays that one column's readers use one after the other, chunk by chunk. One thread's.
public final class ColumnScratch {
  final Decompressor decompressor;
  final Scratch memory;
  final int[] ids = new int[Batch.MAX_ROWS];
  final long[] validity = new long[Bitmap.words(Batch.MAX_ROWS)];
  byte[] page = {};
  byte[] dictionary = {};
  private long dictionaryBytes;

  public ColumnScratch(Decompressor decompressor, Scratch memory) {
    this.decompressor = decompressor;
    this.memory = memory;
  }

  /// Accounts for the arrays of a dictionary, of which there is one at a time.
  void reserveDictionary(long bytes) {
    if (bytes > dictionaryBytes) {
      memory.reserve(bytes - dictionaryBytes);
      dictionaryBytes = bytes;
    }
  }
}
