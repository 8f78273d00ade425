package io.frazil.engine.parquet;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.parquet.FileColumns.Place;
import io.frazil.engine.parquet.FileColumns.Stored;
import io.frazil.engine.parquet.prune.RowRanges;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// What a driver takes at a time: a row group.
record Morsel(OpenFile file, int rowGroup, RowRanges rows) {
  /// A file while any of its morsels is being read; the last one that is done closes it.
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
    return file.file().rowGroups().get(rowGroup);
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

  /// Where a column of it is, for messages.
  String place(ParquetColumn column) {
    return "'%s', row group %d, column '%s'"
        .formatted(file.file().location(), rowGroup, column.name());
  }
}
