package io.frazil.engine.parquet;

import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.parquet.prune.Bounds;
import io.frazil.engine.provider.ColumnStatistics;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/// What the footers of some files say of a column.
final class FooterStatistics {
  private FooterStatistics() {}

  /// What a footer says of a column in one row group.
  static Bounds bounds(ParquetFile file, RowGroupMetadata rowGroup, String name) {
    ParquetColumn column = file.column(name).orElseThrow();
    RowGroupMetadata.Chunk chunk = rowGroup.chunks().get(column.leaf());
    return chunk == null || column.storage() == null
        ? Bounds.UNKNOWN
        : RowPruner.bounds(chunk, column.storage(), rowGroup.rows());
  }

  /// Of a column in all of the files.
  ///
  /// @param rows how many the files have
  static ColumnStatistics of(List<ParquetFile> files, String name, long rows) {
    DataType type = files.getFirst().column(name).orElseThrow().type().orElseThrow();
    var all = new ArrayList<Bounds>();
    boolean exact = true;
    boolean nullsKnown = true;
    long nulls = 0;
    long bytes = 0;
    for (ParquetFile file : files) {
      ParquetColumn column = file.column(name).orElseThrow();
      for (RowGroupMetadata rowGroup : file.rowGroups()) {
        RowGroupMetadata.Chunk chunk = rowGroup.chunks().get(column.leaf());
        Statistics statistics = chunk == null ? null : chunk.statistics();
        if (rowGroup.rows() == 0) {
          continue;
        }
        all.add(bounds(file, rowGroup, name));
        exact &= statistics != null && isExact(statistics, type);
        nullsKnown &= !column.nullable() || (statistics != null && statistics.isSetNull_count());
        nulls += statistics == null ? 0 : statistics.getNull_count();
        bytes += chunk == null ? 0 : chunk.uncompressedLength();
      }
    }
    Bounds joined = all.stream().reduce(Bounds::join).orElse(Bounds.NULL);
    return new ColumnStatistics(
        literal(joined.min(), type),
        literal(joined.max(), type),
        exact,
        nullsKnown ? Statistic.exact((double) nulls) : null,
        null,
        null,
        rows > nulls ? (double) bytes / (double) (rows - nulls) : null);
  }

  private static boolean isExact(Statistics statistics, DataType type) {
    return type != Types.VARCHAR
        || (statistics.isIs_min_value_exact() && statistics.isIs_max_value_exact());
  }

  private static @Nullable Literal literal(@Nullable Object value, DataType type) {
    Object text = value instanceof byte[] bytes ? text(bytes) : value;
    return text == null ? null : new Literal(text, type);
  }

  /// Text, or null where a bound was cut within a character.
  private static @Nullable String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
