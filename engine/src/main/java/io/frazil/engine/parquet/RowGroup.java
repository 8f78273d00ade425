package io.frazil.engine.parquet;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.parquet.FileColumns.Place;
import io.frazil.engine.parquet.FileColumns.Stored;
import io.frazil.engine.parquet.decode.ChunkShape;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A row group of an open file, of which nothing was read yet.
///
/// @param number which of the file's it is
record RowGroup(OpenFile file, int number) {
  /// A file while any of its rows is being read; the last one that is done closes it.
  static final class OpenFile {
    private final ParquetFile file;
    private final List<Place> places;
    private final AtomicInteger users = new AtomicInteger(1);

    OpenFile(ParquetFile file, List<Place> places) {
      this.file = file;
      this.places = places;
    }

    ParquetFile file() {
      return file;
    }

    /// Where the scan's columns are.
    List<Place> places() {
      return places;
    }

    void use() {
      users.incrementAndGet();
    }

    void release() {
      if (users.decrementAndGet() == 0) {
        file.close();
      }
    }
  }

  RowGroupMetadata metadata() {
    return file.file().rowGroups().get(number);
  }

  long rows() {
    return metadata().rows();
  }

  /// Where a column of it is.
  ///
  /// @throws FrazilException NOT_SUPPORTED where it is encrypted or in another file
  RowGroupMetadata.Chunk chunk(Stored stored) {
    RowGroupMetadata.Chunk chunk = metadata().chunks().get(stored.column().leaf());
    if (chunk == null) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          place(stored.column()) + ": encrypted columns are not supported yet");
    }
    if (chunk.stored() != stored.storage().stored()) {
      throw new FrazilException(
          ErrorCode.FILE_CORRUPT, place(stored.column()) + ": it is not of its schema's type");
    }
    return chunk;
  }

  /// How a column of it is decoded.
  ChunkShape shape(Stored stored) {
    return new ChunkShape(
        place(stored.column()),
        stored.storage().stored(),
        stored.storage().fixedLength(),
        stored.storage().optional(),
        chunk(stored).codec(),
        stored.conversion(),
        stored.storage().kind(stored.conversion()),
        stored.wanted().type());
  }

  /// Where a column of it is, for messages.
  private String place(ParquetColumn column) {
    return "'%s', row group %d, column '%s'"
        .formatted(file.file().location(), number, column.name());
  }
}
