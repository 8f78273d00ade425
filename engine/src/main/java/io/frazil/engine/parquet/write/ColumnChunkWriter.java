package io.frazil.engine.parquet.write;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.Field;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.Vector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/// Collects one column of a row group as encoded, compressed pages, chunk after chunk.
final class ColumnChunkWriter {
  private final Field field;
  private final int pageBytes;
  private final PageCompressor compressor;
  private final PageValues values;
  private final int[] positions = new int[Batch.MAX_ROWS];
  private final ByteSink body = new ByteSink();
  private final ByteSink compressed = new ByteSink();
  private final ByteSink chunk = new ByteSink();
  private final List<PageRecord> pages = new ArrayList<>();
  private final ColumnTotals totals;
  private int[] levels = new int[Batch.MAX_ROWS];
  private int pageRows;
  private long chunkRows;
  private long uncompressedBytes;

  ColumnChunkWriter(Field field, ParquetWriteOptions options, PageCompressor compressor) {
    this.field = field;
    this.pageBytes = options.pageBytes();
    this.compressor = compressor;
    this.values = PageValues.of(field, options.dictionaryBytes());
    this.totals = new ColumnTotals(field.type(), values);
  }

  /// Takes the rows that `live[from]` to `live[from + count - 1]` name.
  void append(Vector vector, int[] live, int from, int count) {
    int present = separate(vector.validity(), live, from, count);
    values.append(vector, positions, present);
    pageRows += count;
    if (values.bytes() >= pageBytes) {
      cutPage();
    }
  }

  /// What is held in memory, in bytes.
  long bufferedBytes() {
    return chunk.size() + values.bytes() + (long) pageRows * Integer.BYTES;
  }

  // Leaves the positions of the values in `positions` and each row's definition level in `levels`.
  private int separate(long @Nullable [] validity, int[] live, int from, int count) {
    if (field.nullable()) {
      if (pageRows + count > levels.length) {
        levels = Arrays.copyOf(levels, Math.max(pageRows + count, levels.length * 2));
      }
      Arrays.fill(levels, pageRows, pageRows + count, 1);
    }
    if (validity == null) {
      System.arraycopy(live, from, positions, 0, count);
      return count;
    }
    int present = 0;
    for (int i = 0; i < count; i++) {
      int row = live[from + i];
      int valid = Bitmap.get(validity, row) ? 1 : 0;
      positions[present] = row;
      present += valid;
      if (field.nullable()) {
        levels[pageRows + i] = valid;
      }
    }
    if (present < count && !field.nullable()) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "column '%s' is not nullable, but a row to be written has null there"
              .formatted(field.name()));
    }
    return present;
  }

  /// Ends the page, if it has rows.
  void cutPage() {
    if (pageRows == 0) {
      return;
    }
    int present = values.count();
    Bounds bounds = values.bounds();
    body.clear();
    if (field.nullable()) {
      body.putInt(0);
      RunLengths.encode(levels, pageRows, 1, body);
      body.putIntAt(0, body.size() - Integer.BYTES);
    }
    Encoding encoding = values.encode(body);
    var header = new PageHeader(PageType.DATA_PAGE, body.size(), 0);
    header.setData_page_header(new DataPageHeader(pageRows, encoding, Encoding.RLE, Encoding.RLE));
    int offset = chunk.size();
    writePage(header, chunk);
    pages.add(
        new PageRecord(
            chunkRows,
            pageRows,
            pageRows - present,
            values.takeNans(),
            offset,
            chunk.size() - offset,
            encoding,
            bounds));
    chunkRows += pageRows;
    pageRows = 0;
  }

  /// Ends the chunk and begins the next.
  WrittenChunk writeTo(FileOutput out) {
    cutPage();
    long start = out.position();
    int entries = values.entryCount();
    if (entries > 0) {
      body.clear();
      values.writeDictionary(body);
      var header = new PageHeader(PageType.DICTIONARY_PAGE, body.size(), 0);
      header.setDictionary_page_header(new DictionaryPageHeader(entries, Encoding.PLAIN));
      var page = new ByteSink();
      writePage(header, page);
      out.write(page.array(), 0, page.size());
    }
    long firstPage = out.position();
    out.write(chunk.array(), 0, chunk.size());
    var written =
        new WrittenChunk(
            field,
            List.copyOf(pages),
            entries > 0 ? start : -1,
            firstPage,
            out.position() - start,
            uncompressedBytes,
            totals.endChunk(pages, out.position() - start),
            PageIndex.columns(pages, values));
    chunk.clear();
    pages.clear();
    values.endChunk();
    chunkRows = 0;
    uncompressedBytes = 0;
    return written;
  }

  /// Over all chunks.
  WrittenColumn total() {
    return totals.total();
  }

  private void writePage(PageHeader header, ByteSink into) {
    ByteSink data = compressor.compress(body, compressed);
    var checksum = new CRC32();
    checksum.update(data.array(), 0, data.size());
    header.setCompressed_page_size(data.size());
    header.setCrc((int) checksum.getValue());
    int before = into.size();
    try {
      Util.writePageHeader(header, into);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    uncompressedBytes += into.size() - before + body.size();
    into.write(data.array(), 0, data.size());
  }
}
