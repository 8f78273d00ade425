package io.frazil.engine.parquet.decode;

/// Bytes of a column chunk that lie together: whole pages, [LittleEndian#PADDING] bytes readable
/// behind them. A chunk is one range, or several with gaps where pages were left out.
///
/// @param firstRow the row of its row group that the first data page in it begins with
public record ChunkRange(byte[] bytes, int offset, int length, long firstRow) {
  /// What an array of ranges has to have behind its last byte.
  public static final int PADDING = LittleEndian.PADDING;
}
