package io.frazil.engine.parquet.decode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/// The pages of a column chunk, one after the other: headers only, what is in them stays packed.
final class PageReader {
  /// A page where it lies.
  sealed interface Page {
    Packed content();
  }

  /// @param firstRow the row of its row group that it begins with
  /// @param levelBytes how many of the content's bytes are levels that lie unpacked in front; -1
  ///   where they are packed along with the values
  record DataPage(Packed content, long firstRow, int rows, Encoding encoding, int levelBytes)
      implements Page {}

  record DictionaryPage(Packed content, int entries) implements Page {}

  /// The bytes of a page.
  ///
  /// @param unpackedLength of all of it, levels included
  /// @param compressed whether it is where its chunk is: what has its unpacked length may not be
  record Packed(byte[] bytes, int offset, int length, int unpackedLength, boolean compressed) {}

  private final List<ChunkRange> ranges;
  private int range;
  private int position;
  private long row;

  PageReader(List<ChunkRange> ranges) {
    this.ranges = ranges;
    begin();
  }

  private void begin() {
    if (range < ranges.size()) {
      position = ranges.get(range).offset();
      row = ranges.get(range).firstRow();
    }
  }

  /// The next page, or null behind the last.
  @Nullable Page next() {
    while (range < ranges.size()) {
      ChunkRange current = ranges.get(range);
      int end = current.offset() + current.length();
      if (position >= end) {
        range++;
        begin();
        continue;
      }
      var stream = new HeaderStream(current.bytes(), position, end - position);
      PageHeader header = parse(stream);
      position += stream.consumed();
      int size = header.getCompressed_page_size();
      DamagedPage.check(size >= 0 && size <= end - position, "a page leaves its chunk");
      DamagedPage.check(header.getUncompressed_page_size() >= 0, "a page of negative size");
      int offset = position;
      position += size;
      Page page = page(header, current.bytes(), offset, size);
      if (page instanceof DataPage data) {
        row += data.rows();
      }
      if (page != null) {
        return page;
      }
    }
    return null;
  }

  private static PageHeader parse(HeaderStream stream) {
    try {
      return Util.readPageHeader(stream);
    } catch (IOException | RuntimeException e) {
      throw new DamagedPage("a page header cannot be read");
    }
  }

  private @Nullable Page page(PageHeader header, byte[] bytes, int offset, int size) {
    int unpacked = header.getUncompressed_page_size();
    return switch (header.getType()) {
      case null -> throw new DamagedPage("a page of an unknown kind");
      case DICTIONARY_PAGE ->
          dictionary(header.getDictionary_page_header(), bytes, offset, size, unpacked);
      case DATA_PAGE -> version1(header.getData_page_header(), bytes, offset, size, unpacked);
      case DATA_PAGE_V2 -> version2(header.getData_page_header_v2(), bytes, offset, size, unpacked);
      case INDEX_PAGE -> null;
    };
  }

  private static DictionaryPage dictionary(
      @Nullable DictionaryPageHeader dictionary, byte[] bytes, int offset, int size, int unpacked) {
    if (dictionary == null) {
      throw new DamagedPage("a dictionary page without its header");
    }
    DamagedPage.check(
        dictionary.getEncoding() == Encoding.PLAIN
            || dictionary.getEncoding() == Encoding.PLAIN_DICTIONARY,
        "a dictionary in another encoding than PLAIN");
    DamagedPage.check(dictionary.getNum_values() >= 0, "a dictionary of negative size");
    return new DictionaryPage(
        new Packed(bytes, offset, size, unpacked, true), dictionary.getNum_values());
  }

  private DataPage version1(
      @Nullable DataPageHeader data, byte[] bytes, int offset, int size, int unpacked) {
    if (data == null) {
      throw new DamagedPage("a data page without its header");
    }
    DamagedPage.check(data.getNum_values() >= 0, "a page of negative size");
    return new DataPage(
        new Packed(bytes, offset, size, unpacked, true),
        row,
        data.getNum_values(),
        known(data.getEncoding()),
        -1);
  }

  private DataPage version2(
      @Nullable DataPageHeaderV2 data, byte[] bytes, int offset, int size, int unpacked) {
    if (data == null) {
      throw new DamagedPage("a data page without its header");
    }
    int repetition = data.getRepetition_levels_byte_length();
    int levels = data.getDefinition_levels_byte_length();
    DamagedPage.check(data.getNum_values() >= 0, "a page of negative size");
    DamagedPage.check(repetition == 0, "a flat column with repetition levels");
    DamagedPage.check(
        levels >= 0 && levels <= size && levels <= unpacked, "levels leave their page");
    // Arrow C++ before 3.0 packed these pages and said that it had not
    // (https://github.com/apache/arrow-testing/pull/80).
    boolean compressed = data.isIs_compressed() || size != unpacked;
    return new DataPage(
        new Packed(bytes, offset, size, unpacked, compressed),
        row,
        data.getNum_values(),
        known(data.getEncoding()),
        levels);
  }

  private static Encoding known(@Nullable Encoding encoding) {
    if (encoding == null) {
      throw new DamagedPage("a page in an unknown encoding");
    }
    return encoding;
  }

  /// Knows how far a header went.
  private static final class HeaderStream extends ByteArrayInputStream {
    private final int from;

    HeaderStream(byte[] bytes, int offset, int length) {
      super(bytes, offset, length);
      this.from = offset;
    }

    int consumed() {
      return pos - from;
    }
  }
}
