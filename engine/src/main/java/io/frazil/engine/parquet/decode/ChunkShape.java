package io.frazil.engine.parquet.decode;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.PhysicalType;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Type;

/// What has to be known of a column chunk to decode it.
///
/// @param place where it is, for messages: `'f.parquet', row group 3, column 'x'`
/// @param fixedLength of values of FIXED_LEN_BYTE_ARRAY, in bytes; else 0
/// @param optional whether it has definition levels
/// @param kind of the arrays that values end in
/// @param type of the vectors that come out
public record ChunkShape(
    String place,
    Type stored,
    int fixedLength,
    boolean optional,
    CompressionCodec codec,
    Conversion conversion,
    PhysicalType kind,
    DataType type) {
  public ChunkShape {
    Decompressor.require(codec);
  }

  /// Bits a value in plain form, 0 where each says so itself.
  int plainWidth() {
    return switch (stored) {
      case BOOLEAN -> 1;
      case INT32, FLOAT -> 32;
      case INT64, DOUBLE -> 64;
      case INT96 -> 96;
      case BYTE_ARRAY -> 0;
      case FIXED_LEN_BYTE_ARRAY -> 8 * fixedLength;
    };
  }
}
