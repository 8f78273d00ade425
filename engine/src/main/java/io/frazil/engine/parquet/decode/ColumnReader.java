package io.frazil.engine.parquet.decode;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;

/// Reads one column chunk from front to back, by one thread.
///
/// Skipping is only remembered: when something is read again, pages that were skipped as a whole
/// have not been unpacked. Strings are views into the page as long as a buffer has views into one
/// page only, so a reader reads into one and the same [ColumnBuffer] all the time.
public final class ColumnReader {
  /// Below one survivor in this many rows, gaps are skipped one by one.
  private static final int SPARSE = 64;

  private static final String TOO_FEW_ROWS = "it has fewer rows than its row group";

  private final ChunkShape shape;
  private final ColumnScratch scratch;
  private final ColumnBuffer out;
  private final PageReader pages;
  private final ValueDecoder values;
  private final RunLengthReader levels = new RunLengthReader();
  private final RunLengthReader ids = new RunLengthReader();
  private @Nullable Values selectedValues;
  private @Nullable Dictionary dictionary;
  private PageReader.@Nullable DataPage page;
  private boolean opened;
  private boolean ofIds;
  private int left;
  private long pending;
  private long behind;
  private long pagesSkipped;

  /// @param ranges the chunk's pages, all or some, the dictionary first if it has one
  /// @param out where rows are read to
  public ColumnReader(
      ChunkShape shape, List<ChunkRange> ranges, ColumnBuffer out, ColumnScratch scratch) {
    this.shape = shape;
    this.out = out;
    this.scratch = scratch;
    this.pages = new PageReader(ranges);
    this.values = new ValueDecoder(shape, scratch.memory);
  }

  /// Where the rows are read to.
  public ColumnBuffer buffer() {
    return out;
  }

  /// How many pages were left out as a whole.
  public long pagesSkipped() {
    return pagesSkipped;
  }

  /// Leaves out the next `rows` rows.
  public void skip(long rows) {
    pending += rows;
  }

  /// Adds the next `count` rows to the buffer.
  public void read(int count) {
    guarded(() -> readRows(count));
  }

  /// Adds some of the next `span` rows to the buffer, and goes behind all of them.
  ///
  /// @param rows ascending positions below `span`, the first `count` of the array
  public void read(int span, int[] rows, int count) {
    guarded(() -> readRows(span, rows, count));
  }

  /// The dictionary, of a chunk that nothing was read of yet; null where it begins with none. Of
  /// the ranges no more than its page is needed.
  public @Nullable Vector dictionary() {
    guarded(() -> {
      if (pages.next() instanceof PageReader.DictionaryPage found) {
        readDictionary(found);
      }
    });
    return dictionary == null ? null : dictionary.vector();
  }

  /// The dictionary, if the next row is an id of it.
  public @Nullable Vector upcomingDictionary() {
    guarded(this::settle);
    return ofIds && dictionary != null ? dictionary.vector() : null;
  }

  private void guarded(Runnable decoding) {
    try {
      decoding.run();
    } catch (DamagedPage e) {
      throw corrupt(e.text(), e);
    } catch (IndexOutOfBoundsException | NegativeArraySizeException | ArithmeticException e) {
      throw corrupt("its values leave their page", e);
    }
  }

  private FrazilException corrupt(String what, Throwable cause) {
    return new FrazilException(ErrorCode.FILE_CORRUPT, shape.place() + ": " + what, cause);
  }

  private void readRows(int count) {
    int missing = count;
    while (missing > 0) {
      settle();
      int take = Math.min(missing, left);
      readFromPage(take);
      left -= take;
      missing -= take;
    }
  }

  private void readRows(int span, int[] rows, int count) {
    int next = 0;
    int base = 0;
    while (next < count) {
      pending += rows[next] - base;
      base = rows[next];
      settle();
      int limit = base + Math.min(left, span - base);
      int found = Arrays.binarySearch(rows, next, count, limit);
      int end = found < 0 ? -found - 1 : found;
      int wide = rows[end - 1] + 1 - base;
      if ((end - next) * SPARSE < wide) {
        end = next + 1;
        wide = 1;
      }
      if (end - next == wide) {
        readFromPage(wide);
      } else {
        readFromPage(wide, rows, next, base, end - next);
      }
      left -= wide;
      base += wide;
      next = end;
    }
    pending += span - base;
  }

  /// Does what was skipped, up to a page that has a row to be read next.
  private void settle() {
    while (pending >= left) {
      pending -= left;
      if (left > 0 && !opened) {
        pagesSkipped++;
      }
      nextPage();
    }
    if (!opened) {
      openPage();
    }
    if (pending > 0) {
      skipInPage((int) pending);
      left -= (int) pending;
      pending = 0;
    }
  }

  private void nextPage() {
    left = 0;
    opened = false;
    switch (pages.next()) {
      case null -> throw new DamagedPage(TOO_FEW_ROWS);
      case PageReader.DictionaryPage found -> readDictionary(found);
      case PageReader.DataPage found -> {
        long gap = found.firstRow() - behind;
        DamagedPage.check(gap >= 0 && gap <= pending, "its pages do not follow each other");
        pending -= gap;
        behind = found.firstRow() + found.rows();
        page = found;
        left = found.rows();
      }
    }
  }

  private void readDictionary(PageReader.DictionaryPage found) {
    DamagedPage.check(dictionary == null, "it has two dictionaries");
    PageReader.Packed content = found.content();
    int entries = found.entries();
    long least = (long) entries * (shape.plainWidth() == 0 ? 32 : shape.plainWidth()) / 8;
    DamagedPage.check(least <= content.unpackedLength(), "a dictionary of too many entries");
    scratch.reserveDictionary(16L * entries);
    byte[] bytes = content.bytes();
    int start = content.offset();
    if (shape.codec() != CompressionCodec.UNCOMPRESSED) {
      scratch.dictionary = unpack(content, 0, scratch.dictionary);
      bytes = scratch.dictionary;
      start = 0;
    } else {
      DamagedPage.check(
          content.length() == content.unpackedLength(), "a dictionary of another length");
    }
    int end = start + content.unpackedLength();
    Values decoded = values.readDictionary(bytes, start, end, entries);
    Vector vector = decoded.vector(shape.type(), Math.max(1, entries), null);
    dictionary = new Dictionary(entries, decoded, vector);
  }

  /// Unpacks what is behind the levels that lie unpacked in front.
  private byte[] unpack(PageReader.Packed content, int unpackedLevels, byte[] into) {
    byte[] unpacked =
        scratch.memory.sized(into, (long) content.unpackedLength() + LittleEndian.PADDING);
    scratch.decompressor.decompress(
        shape.codec(),
        content.bytes(),
        content.offset() + unpackedLevels,
        content.length() - unpackedLevels,
        unpacked,
        0,
        content.unpackedLength() - unpackedLevels);
    return unpacked;
  }

  private void openPage() {
    PageReader.DataPage opening = page;
    if (opening == null) {
      throw new DamagedPage(TOO_FEW_ROWS);
    }
    opened = true;
    PageReader.Packed content = opening.content();
    int levelBytes = Math.max(0, opening.levelBytes());
    if (opening.levelBytes() >= 0 && shape.optional()) {
      levels.init(content.bytes(), content.offset(), content.offset() + levelBytes, 1);
    }
    byte[] bytes = content.bytes();
    int start = content.offset() + levelBytes;
    int end = content.offset() + content.length();
    if (content.compressed() && shape.codec() != CompressionCodec.UNCOMPRESSED) {
      out.detach(scratch.page);
      scratch.page = unpack(content, levelBytes, scratch.page);
      bytes = scratch.page;
      start = 0;
      end = content.unpackedLength() - levelBytes;
    } else {
      DamagedPage.check(
          content.length() == content.unpackedLength(), "a page of another length than it says");
    }
    if (opening.levelBytes() < 0 && shape.optional()) {
      start = initLevels(bytes, start, end);
    }
    initValues(opening, bytes, start, end);
  }

  /// Levels in front of the values, after their length; says where the values begin.
  private int initLevels(byte[] bytes, int start, int end) {
    DamagedPage.check(end - start >= 4, "the length of levels is missing");
    int length = LittleEndian.intAt(bytes, start);
    DamagedPage.check(length >= 0 && length <= end - start - 4, "levels leave their page");
    levels.init(bytes, start + 4, start + 4 + length, 1);
    return start + 4 + length;
  }

  private void initValues(PageReader.DataPage of, byte[] bytes, int start, int end) {
    Encoding encoding = of.encoding();
    ofIds = encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY;
    if (!ofIds) {
      values.init(encoding, bytes, start, end, of.rows());
      return;
    }
    DamagedPage.check(dictionary != null, "it has ids but no dictionary");
    if (start == end) {
      // Pages of nothing but nulls may have no ids and not even their width.
      ids.init(bytes, start, end, 0);
    } else {
      ids.init(bytes, start + 1, end, bytes[start] & 0xFF);
    }
  }

  private void skipInPage(int count) {
    int missing = count;
    while (missing > 0) {
      int take = Math.min(missing, scratch.ids.length);
      int present = shape.optional() ? levels.readBits(scratch.validity, 0, take) : take;
      if (ofIds) {
        ids.skip(present);
      } else {
        values.skip(present);
      }
      missing -= take;
    }
  }

  private void readFromPage(int count) {
    int at = out.length();
    int present = count;
    if (shape.optional()) {
      present = levels.readBits(out.validity, at, count);
    }
    if (!ofIds) {
      out.flatten();
      values.read(out.values, at, present);
      if (present < count) {
        out.values.spread(out.validity, at, count, present);
      }
      out.added(count, present);
      return;
    }
    Dictionary of = known(dictionary);
    if (out.takesIds(of)) {
      ids.read(out.ids, at, present, of.size());
      if (present < count) {
        Spread.ints(out.ids, out.validity, at, count, present);
      }
      out.addedIds(of, count, present);
      return;
    }
    out.flatten();
    ids.read(scratch.ids, 0, present, of.size());
    out.values.gather(of.values(), scratch.ids, at, present);
    if (present < count) {
      out.values.spread(out.validity, at, count, present);
    }
    out.added(count, present);
  }

  private void readFromPage(int span, int[] rows, int first, int base, int count) {
    int at = out.length();
    int present = span;
    int valid = count;
    if (shape.optional()) {
      present = levels.readBits(scratch.validity, 0, span);
      valid = Bits.gather(scratch.validity, rows, first, base, count, out.validity, at);
    }
    if (!ofIds) {
      Values read = selectedValues();
      values.read(read, 0, present);
      if (present < span) {
        read.spread(scratch.validity, 0, span, present);
      }
      out.flatten();
      out.values.copy(read, rows, first, base, at, count);
      out.added(count, valid);
      if (!values.viewsLast()) {
        out.detachAll();
      }
      return;
    }
    Dictionary of = known(dictionary);
    ids.read(scratch.ids, 0, present, of.size());
    if (present < span) {
      Spread.ints(scratch.ids, scratch.validity, 0, span, present);
    }
    if (out.takesIds(of)) {
      pick(scratch.ids, rows, first, base, count, out.ids, at);
      out.addedIds(of, count, valid);
      return;
    }
    out.flatten();
    pick(scratch.ids, rows, first, base, count, scratch.ids, 0);
    out.values.gather(of.values(), scratch.ids, at, count);
    out.added(count, valid);
    out.zeroNulls();
  }

  private static void pick(
      int[] from, int[] rows, int first, int base, int count, int[] to, int at) {
    for (int i = 0; i < count; i++) {
      to[at + i] = from[rows[first + i] - base];
    }
  }

  private Values selectedValues() {
    Values found = selectedValues;
    if (found == null) {
      found = Values.of(shape.kind(), scratch.ids.length, scratch.memory);
      selectedValues = found;
    }
    return found;
  }

  private static Dictionary known(@Nullable Dictionary dictionary) {
    if (dictionary == null) {
      throw new DamagedPage("it has ids but no dictionary");
    }
    return dictionary;
  }
}
