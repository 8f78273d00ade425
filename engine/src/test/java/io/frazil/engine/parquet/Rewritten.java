package io.frazil.engine.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/// Files as other writers would have written them: with parts of them changed.
final class Rewritten {
  private static final int TAIL_BYTES = 8;

  private Rewritten() {}

  /// With another footer.
  static byte[] footer(byte[] file, Consumer<FileMetaData> change) {
    try {
      FileMetaData footer = read(file);
      change.accept(footer);
      var out = new ByteArrayOutputStream();
      out.write(file, 0, footerStart(file));
      int start = out.size();
      Util.writeFileMetaData(footer, out);
      int length = out.size() - start;
      out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
      out.write(file, file.length - 4, 4);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// With other headers of the pages behind the dictionaries; no header may change its length.
  static byte[] pageHeaders(byte[] file, Consumer<PageHeader> change) {
    byte[] changed = file.clone();
    try {
      for (RowGroup group : read(file).getRow_groups()) {
        for (ColumnChunk column : group.getColumns()) {
          ColumnMetaData chunk = column.getMeta_data();
          long first =
              chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0
                  ? chunk.getDictionary_page_offset()
                  : chunk.getData_page_offset();
          int at = (int) chunk.getData_page_offset();
          int end = (int) (first + chunk.getTotal_compressed_size());
          while (at < end) {
            at = pageHeader(changed, at, end, change);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return changed;
  }

  /// Says where the next page begins.
  private static int pageHeader(byte[] file, int at, int end, Consumer<PageHeader> change)
      throws IOException {
    var in = new ByteArrayInputStream(file, at, end - at);
    PageHeader header = Util.readPageHeader(in);
    int length = end - at - in.available();
    change.accept(header);
    var out = new ByteArrayOutputStream();
    Util.writePageHeader(header, out);
    if (out.size() != length) {
      throw new AssertionError("the header had " + length + " bytes and has " + out.size());
    }
    System.arraycopy(out.toByteArray(), 0, file, at, length);
    return at + length + header.getCompressed_page_size();
  }

  private static FileMetaData read(byte[] file) throws IOException {
    return Util.readFileMetaData(
        new ByteArrayInputStream(
            Arrays.copyOfRange(file, footerStart(file), file.length - TAIL_BYTES)));
  }

  private static int footerStart(byte[] file) {
    int tail = file.length - TAIL_BYTES;
    int length = ByteBuffer.wrap(file, tail, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return tail - length;
  }
}
