package io.frazil.engine.parquet;

import io.frazil.engine.parquet.prune.TrustedStatistics;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/// What a footer says of a row group, checked.
///
/// @param chunks one for each leaf of the schema; null where it is encrypted or elsewhere
record RowGroupMetadata(long rows, List<@Nullable Chunk> chunks) {
  /// What it says of a column chunk: all bytes of it lie within the file.
  ///
  /// @param start of its first page, the dictionary where it has one
  /// @param dictionaryLength how many bytes in front of the data pages are the dictionary's; 0
  ///   where there is none
  /// @param statistics as far as they can be believed
  /// @param encodings what its pages are encoded in; null where that isn't known
  /// @param columnIndex what is known of each page, `offsetIndex` where each is; null where absent
  /// @param bloomFilter null where absent; its length is 0 where that isn't known
  record Chunk(
      Type stored,
      CompressionCodec codec,
      long values,
      long start,
      long length,
      long dictionaryLength,
      long uncompressedLength,
      @Nullable Statistics statistics,
      @Nullable List<PageEncodingStats> encodings,
      @Nullable Extent columnIndex,
      @Nullable Extent offsetIndex,
      @Nullable Extent bloomFilter,
      boolean ordered) {
    /// Whether each page holds ids of a dictionary.
    boolean onlyIds() {
      return encodings != null
          && encodings.stream()
              .allMatch(e ->
                  switch (e.getPage_type()) {
                    case DATA_PAGE, DATA_PAGE_V2 ->
                        e.getEncoding() == Encoding.PLAIN_DICTIONARY
                            || e.getEncoding() == Encoding.RLE_DICTIONARY;
                    case DICTIONARY_PAGE, INDEX_PAGE -> true;
                    case null -> false;
                  });
    }
  }

  /// Bytes of a file.
  record Extent(long start, int length) {}

  /// The first byte of the row group, by which it belongs to a split.
  long start() {
    long start = Long.MAX_VALUE;
    for (Chunk chunk : chunks) {
      start = chunk == null ? start : Math.min(start, chunk.start());
    }
    return start == Long.MAX_VALUE ? 0 : start;
  }

  /// How many bytes its chunks have.
  long bytes() {
    long bytes = 0;
    for (Chunk chunk : chunks) {
      bytes += chunk == null ? 0 : chunk.length();
    }
    return bytes;
  }

  /// All of a footer's.
  ///
  /// @throws IllegalArgumentException where something doesn't fit together
  static List<RowGroupMetadata> all(FileMetaData footer, long leaves, long fileSize) {
    var all = new ArrayList<RowGroupMetadata>();
    for (RowGroup rowGroup : known(footer.getRow_groups(), "no row groups")) {
      List<ColumnChunk> columns = known(rowGroup.getColumns(), "a row group without columns");
      require(rowGroup.getNum_rows() >= 0, "a row group of negative size");
      require(columns.size() == leaves, "a row group of other columns");
      var chunks = new ArrayList<@Nullable Chunk>();
      for (int leaf = 0; leaf < leaves; leaf++) {
        chunks.add(
            chunk(columns.get(leaf), ordered(footer, leaf), footer.getCreated_by(), fileSize));
      }
      all.add(new RowGroupMetadata(rowGroup.getNum_rows(), chunks));
    }
    return all;
  }

  /// Whether bounds of a column follow the order that its type defines.
  private static boolean ordered(FileMetaData footer, int leaf) {
    var orders = footer.getColumn_orders();
    return orders != null && leaf < orders.size() && orders.get(leaf).isSetTYPE_ORDER();
  }

  private static @Nullable Chunk chunk(
      ColumnChunk column, boolean ordered, @Nullable String writer, long fileSize) {
    ColumnMetaData metadata = column.getMeta_data();
    if (metadata == null || column.isSetCrypto_metadata() || column.isSetFile_path()) {
      return null;
    }
    Type stored = known(metadata.getType(), "a column chunk of an unknown type");
    CompressionCodec codec = known(metadata.getCodec(), "an unknown compression");
    long data = metadata.getData_page_offset();
    long dictionary =
        metadata.isSetDictionary_page_offset() ? metadata.getDictionary_page_offset() : 0;
    long start = dictionary > 0 && dictionary < data ? dictionary : data;
    long length = metadata.getTotal_compressed_size();
    require(within(start, length, fileSize), "a column chunk outside the file");
    return new Chunk(
        stored,
        codec,
        metadata.getNum_values(),
        start,
        length,
        Math.min(data - start, length),
        metadata.getTotal_uncompressed_size(),
        TrustedStatistics.of(metadata.getStatistics(), stored, metadata.getNum_values(), writer),
        metadata.getEncoding_stats(),
        column.isSetColumn_index_offset() && !TrustedStatistics.isDoubtful(writer)
            ? extent(column.getColumn_index_offset(), column.getColumn_index_length(), fileSize)
            : null,
        column.isSetOffset_index_offset()
            ? extent(column.getOffset_index_offset(), column.getOffset_index_length(), fileSize)
            : null,
        bloomFilter(metadata, fileSize),
        ordered);
  }

  private static @Nullable Extent bloomFilter(ColumnMetaData metadata, long fileSize) {
    if (!metadata.isSetBloom_filter_offset()) {
      return null;
    }
    long start = metadata.getBloom_filter_offset();
    int length = metadata.isSetBloom_filter_length() ? metadata.getBloom_filter_length() : 0;
    return within(start, length, fileSize) ? new Extent(start, length) : null;
  }

  private static @Nullable Extent extent(long start, int length, long fileSize) {
    return length > 0 && within(start, length, fileSize) ? new Extent(start, length) : null;
  }

  private static boolean within(long start, long length, long fileSize) {
    return start >= 0 && length >= 0 && length <= fileSize && start <= fileSize - length;
  }

  static <T> T known(@Nullable T value, String otherwise) {
    if (value == null) {
      throw new IllegalArgumentException(otherwise);
    }
    return value;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
