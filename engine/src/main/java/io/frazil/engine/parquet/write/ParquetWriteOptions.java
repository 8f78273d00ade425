package io.frazil.engine.parquet.write;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.List;
import java.util.Map;

/// How a Parquet file is laid out.
///
/// @param fieldIds the table format's ids of the columns, in order; empty for none
/// @param rowGroupRows a row group has at most this many rows
/// @param rowGroupBytes and ends with the batch that brings it to this many encoded bytes
/// @param pageRows a page has at most this many rows
/// @param pageBytes and ends with the batch that brings it to this many bytes before encoding
/// @param dictionaryBytes a column whose dictionary outgrows this goes on without; 0 for none
/// @param metadata key-value pairs for the footer
public record ParquetWriteOptions(
    Compression compression,
    List<Integer> fieldIds,
    int rowGroupRows,
    long rowGroupBytes,
    int pageRows,
    int pageBytes,
    int dictionaryBytes,
    Map<String, String> metadata) {
  /// Zstandard; row groups of a million rows or 128 MiB, which is what one driver takes at a time;
  /// pages of five batches, so that the page index can skip.
  public static final ParquetWriteOptions DEFAULT =
      new ParquetWriteOptions(
          Compression.ZSTD, List.of(), 1 << 20, 128L << 20, 5 * 4096, 1 << 20, 1 << 20, Map.of());

  public ParquetWriteOptions {
    if (rowGroupRows < 1 || rowGroupBytes < 1 || pageRows < 1 || pageBytes < 1) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "row groups and pages of a Parquet file hold something");
    }
    fieldIds = List.copyOf(fieldIds);
    metadata = Map.copyOf(metadata);
  }

  public ParquetWriteOptions withCompression(Compression compression) {
    return new ParquetWriteOptions(
        compression,
        fieldIds,
        rowGroupRows,
        rowGroupBytes,
        pageRows,
        pageBytes,
        dictionaryBytes,
        metadata);
  }

  public ParquetWriteOptions withFieldIds(List<Integer> fieldIds) {
    return new ParquetWriteOptions(
        compression,
        fieldIds,
        rowGroupRows,
        rowGroupBytes,
        pageRows,
        pageBytes,
        dictionaryBytes,
        metadata);
  }

  /// @param rows at most, in a row group
  /// @param bytes about, of encoded data
  public ParquetWriteOptions withRowGroups(int rows, long bytes) {
    return new ParquetWriteOptions(
        compression, fieldIds, rows, bytes, pageRows, pageBytes, dictionaryBytes, metadata);
  }

  /// @param rows at most, in a page
  /// @param bytes about, before encoding
  public ParquetWriteOptions withPages(int rows, int bytes) {
    return new ParquetWriteOptions(
        compression, fieldIds, rowGroupRows, rowGroupBytes, rows, bytes, dictionaryBytes, metadata);
  }

  public ParquetWriteOptions withDictionaryBytes(int bytes) {
    return new ParquetWriteOptions(
        compression, fieldIds, rowGroupRows, rowGroupBytes, pageRows, pageBytes, bytes, metadata);
  }

  public ParquetWriteOptions withMetadata(Map<String, String> metadata) {
    return new ParquetWriteOptions(
        compression,
        fieldIds,
        rowGroupRows,
        rowGroupBytes,
        pageRows,
        pageBytes,
        dictionaryBytes,
        metadata);
  }
}
