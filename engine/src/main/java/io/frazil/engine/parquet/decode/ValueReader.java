package io.frazil.engine.parquet.decode;

/// Decodes the values of one page that are not null, in one encoding.
abstract sealed class ValueReader
    permits PlainReader,
        BooleanRunReader,
        DeltaBinaryReader,
        DeltaLengthReader,
        DeltaStringReader,
        ByteStreamSplitReader {
  /// Begins with the values in `position` to `end`; [LittleEndian#PADDING] bytes may be read
  /// behind.
  ///
  /// @param count how many there are, at most
  abstract void init(byte[] bytes, int position, int end, int count);

  /// The next `count` values into `out`, from `at` on.
  abstract void read(Values out, int at, int count);

  abstract void skip(int count);

  /// Whether views that it gave are good as long as the page, rather than until the next read.
  boolean viewsLast() {
    return true;
  }
}
