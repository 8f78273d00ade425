package io.frazil.engine.parquet;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/// An open file: its footer, read and checked, and its bytes. Safe for use by many threads.
public final class ParquetFile implements AutoCloseable {
  private static final int MAGIC_BYTES = 4;

  /// The footer's length and the magic bytes behind it.
  private static final int TAIL_BYTES = 8;

  /// How much of the end is read at first, in the hope that the footer is in it.
  private static final int FIRST_READ_BYTES = 64 << 10;

  private final ObjectReader reader;
  private final List<ParquetColumn> columns;
  private final List<RowGroupMetadata> rowGroups;

  private ParquetFile(
      ObjectReader reader, List<ParquetColumn> columns, List<RowGroupMetadata> rowGroups) {
    this.reader = reader;
    this.columns = List.copyOf(columns);
    this.rowGroups = List.copyOf(rowGroups);
  }

  /// Opens a file and reads its footer.
  ///
  /// @throws FrazilException FILE_CORRUPT where it is no Parquet file or is cut short,
  ///   NOT_SUPPORTED where it is encrypted, and what the store raises
  public static ParquetFile open(ObjectStore store, String location) {
    ObjectReader reader = store.open(location);
    try {
      FileMetaData footer = readFooter(reader);
      List<SchemaElement> schema = RowGroupMetadata.known(footer.getSchema(), "no schema");
      long leaves = schema.stream().skip(1).filter(SchemaElement::isSetType).count();
      return new ParquetFile(
          reader,
          SchemaReader.columns(schema),
          RowGroupMetadata.all(footer, leaves, reader.info().size()));
    } catch (IllegalArgumentException e) {
      reader.close();
      throw corrupt(location, "its footer is damaged (" + e.getMessage() + ")", e);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  public String location() {
    return reader.info().location();
  }

  public ObjectInfo info() {
    return reader.info();
  }

  /// The top-level columns, supported or not.
  public List<ParquetColumn> columns() {
    return columns;
  }

  public Optional<ParquetColumn> column(String name) {
    return columns.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /// How many rows it has.
  public long rows() {
    return rowGroups.stream().mapToLong(RowGroupMetadata::rows).sum();
  }

  List<RowGroupMetadata> rowGroups() {
    return rowGroups;
  }

  /// Reads exactly `length` bytes.
  void read(long position, byte[] into, int offset, int length) {
    reader.read(position, into, offset, length);
  }

  /// How many reads are worth making at a time.
  int parallelReads() {
    return reader.parallelReads();
  }

  @Override
  public void close() {
    reader.close();
  }

  private static FileMetaData readFooter(ObjectReader reader) {
    ObjectInfo info = reader.info();
    String location = info.location();
    long size = info.size();
    if (size < MAGIC_BYTES + TAIL_BYTES) {
      throw corrupt(location, "it is only " + size + " bytes long", null);
    }
    byte[] end = read(reader, Math.min(size, FIRST_READ_BYTES));
    String magic = new String(end, end.length - 4, 4, StandardCharsets.ISO_8859_1);
    if (magic.equals("PARE")) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED, "'" + location + "' is encrypted, which is not supported yet");
    }
    if (!magic.equals("PAR1")) {
      throw corrupt(location, "it does not end as one does; perhaps it was cut short", null);
    }
    int at = end.length - TAIL_BYTES;
    long length = 0;
    for (int i = 3; i >= 0; i--) {
      length = (length << 8) | (end[at + i] & 0xFF);
    }
    if (length <= 0 || length > size - TAIL_BYTES - MAGIC_BYTES) {
      throw corrupt(location, "its footer would have " + length + " bytes", null);
    }
    if (length + TAIL_BYTES > end.length) {
      end = read(reader, length + TAIL_BYTES);
    }
    return parse(location, end, (int) length);
  }

  private static byte[] read(ObjectReader reader, long last) {
    byte[] bytes = new byte[Math.toIntExact(last)];
    reader.read(reader.info().size() - last, bytes, 0, bytes.length);
    return bytes;
  }

  private static FileMetaData parse(String location, byte[] end, int length) {
    try {
      return Util.readFileMetaData(
          new ByteArrayInputStream(end, end.length - TAIL_BYTES - length, length));
    } catch (IOException | RuntimeException e) {
      throw corrupt(location, "its footer cannot be read", e);
    }
  }

  private static FrazilException corrupt(String location, String what, @Nullable Throwable cause) {
    return new FrazilException(
        ErrorCode.FILE_CORRUPT,
        "'%s' is not a Parquet file, or is damaged: %s".formatted(location, what),
        cause);
  }
}
