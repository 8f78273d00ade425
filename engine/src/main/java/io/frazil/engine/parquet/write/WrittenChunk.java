package io.frazil.engine.parquet.write;

import io.frazil.engine.type.Field;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/// A column chunk in its place in the file.
///
/// @param dictionaryOffset -1 without a dictionary
record WrittenChunk(
    Field field,
    List<PageRecord> pages,
    long dictionaryOffset,
    long firstPageOffset,
    long bytes,
    long uncompressedBytes,
    Statistics statistics,
    @Nullable ColumnIndex columnIndex) {
  OffsetIndex offsetIndex() {
    return PageIndex.offsets(pages, firstPageOffset);
  }

  /// The chunk as the footer has it.
  ColumnChunk metadata(Compression compression) {
    long rows = pages.stream().mapToLong(PageRecord::rows).sum();
    var metadata =
        new ColumnMetaData(
            ParquetForm.of(field.type()).physical(),
            List.copyOf(encodings()),
            List.of(field.name()),
            compression.codec(),
            rows,
            uncompressedBytes,
            bytes,
            firstPageOffset);
    if (dictionaryOffset >= 0) {
      metadata.setDictionary_page_offset(dictionaryOffset);
      metadata.addToEncoding_stats(
          new PageEncodingStats(PageType.DICTIONARY_PAGE, Encoding.PLAIN, 1));
    }
    for (Encoding encoding : List.of(Encoding.RLE_DICTIONARY, Encoding.PLAIN)) {
      long count = pages.stream().filter(page -> page.encoding() == encoding).count();
      if (count > 0) {
        metadata.addToEncoding_stats(
            new PageEncodingStats(PageType.DATA_PAGE, encoding, Math.toIntExact(count)));
      }
    }
    metadata.setStatistics(statistics);
    var chunk = new ColumnChunk(0);
    chunk.setMeta_data(metadata);
    return chunk;
  }

  private Set<Encoding> encodings() {
    var encodings = EnumSet.of(Encoding.RLE);
    pages.forEach(page -> encodings.add(page.encoding()));
    if (dictionaryOffset >= 0) {
      encodings.add(Encoding.PLAIN);
    }
    return encodings;
  }
}
