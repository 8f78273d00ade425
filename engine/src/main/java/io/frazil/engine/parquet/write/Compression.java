package io.frazil.engine.parquet.write;

import org.apache.parquet.format.CompressionCodec;

/// How the pages of a file are compressed.
public enum Compression {
  UNCOMPRESSED(CompressionCodec.UNCOMPRESSED),
  SNAPPY(CompressionCodec.SNAPPY),
  /// Zstandard at level 1: nearly as quick as Snappy to read, and smaller.
  ZSTD(CompressionCodec.ZSTD);

  private final CompressionCodec codec;

  Compression(CompressionCodec codec) {
    this.codec = codec;
  }

  CompressionCodec codec() {
    return codec;
  }
}
