package io.frazil.iceberg.imports;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.parquet.ParquetColumn;
import io.frazil.engine.parquet.ParquetFile;
import io.frazil.engine.parquet.prune.TrustedStatistics;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/// A Parquet file that is to become part of a table, by its footer alone.
public record ImportedFile(
    String location, long size, List<ParquetColumn> columns, FileMetaData footer) {
  /// The footer's length and the magic bytes behind it.
  private static final int TAIL_BYTES = 8;

  /// @throws FrazilException as [ParquetFile#open]; NOT_SUPPORTED where a column is
  public static ImportedFile read(ObjectStore store, String location) {
    try (ParquetFile file = ParquetFile.open(store, location)) {
      for (ParquetColumn column : file.columns()) {
        if (column.type().isEmpty()) {
          throw new FrazilException(
              ErrorCode.NOT_SUPPORTED,
              "'%s' cannot be imported yet: its column '%s' is a %s"
                  .formatted(location, column.name(), column.declared()));
        }
      }
      return new ImportedFile(
          location, file.info().size(), file.columns(), footer(store, location));
    }
  }

  /// The footer once more, of which [ParquetFile] has checked that it is one.
  private static FileMetaData footer(ObjectStore store, String location) {
    try (ObjectReader reader = store.open(location)) {
      long size = reader.info().size();
      byte[] tail = new byte[TAIL_BYTES];
      reader.read(size - TAIL_BYTES, tail, 0, TAIL_BYTES);
      int length = 0;
      for (int i = 3; i >= 0; i--) {
        length = (length << Byte.SIZE) | (tail[i] & 0xff);
      }
      byte[] bytes = new byte[length];
      reader.read(size - TAIL_BYTES - length, bytes, 0, length);
      return Util.readFileMetaData(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new FrazilException(
          ErrorCode.FILE_CORRUPT, "The footer of '" + location + "' cannot be read", e);
    }
  }

  /// The file as a manifest describes it.
  ///
  /// @param schema the table's, which has all columns of the file by name
  public DataFile dataFile(Schema schema) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath(location)
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(size)
        .withSplitOffsets(splitOffsets())
        .withMetrics(FooterMetrics.of(this, schema))
        .build();
  }

  /// Where row groups begin, ascending.
  private List<Long> splitOffsets() {
    List<Long> offsets = new ArrayList<>();
    for (RowGroup group : rowGroups()) {
      long first = size;
      for (int leaf = 0; leaf < columns.size(); leaf++) {
        first = Math.min(first, start(chunk(group, leaf)));
      }
      offsets.add(first);
    }
    offsets.sort(null);
    return offsets;
  }

  List<RowGroup> rowGroups() {
    return present(footer.getRow_groups());
  }

  /// How a column is stored. All columns are flat: their leaves follow the root in order.
  SchemaElement element(int leaf) {
    return present(footer.getSchema()).get(1 + leaf);
  }

  /// A column's part of a row group.
  ColumnMetaData chunk(RowGroup group, int leaf) {
    return present(present(group.getColumns()).get(leaf).getMeta_data());
  }

  /// What can be believed of a part's statistics, or null.
  @Nullable Statistics statistics(ColumnMetaData chunk) {
    return TrustedStatistics.of(
        chunk.getStatistics(),
        present(chunk.getType()),
        chunk.getNum_values(),
        footer.getCreated_by());
  }

  private <T> T present(@Nullable T part) {
    if (part == null) {
      throw new FrazilException(
          ErrorCode.FILE_CORRUPT, "The footer of '" + location + "' is incomplete");
    }
    return part;
  }

  private static long start(ColumnMetaData chunk) {
    long data = chunk.getData_page_offset();
    long dictionary = chunk.isSetDictionary_page_offset() ? chunk.getDictionary_page_offset() : 0;
    return dictionary > 0 ? Math.min(dictionary, data) : data;
  }
}
