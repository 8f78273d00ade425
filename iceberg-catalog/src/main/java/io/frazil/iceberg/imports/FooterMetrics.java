package io.frazil.iceberg.imports;

import io.frazil.engine.parquet.ParquetColumn;
import io.frazil.iceberg.type.BoundValues;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/// What a footer says of its columns, as a manifest says it. Footers don't count NaNs, so that
/// nothing is said of them.
final class FooterMetrics {
  private final Map<Integer, Long> sizes = new HashMap<>();
  private final Map<Integer, Long> values = new HashMap<>();
  private final Map<Integer, Long> nulls = new HashMap<>();
  private final Map<Integer, ByteBuffer> lower = new HashMap<>();
  private final Map<Integer, ByteBuffer> upper = new HashMap<>();

  private FooterMetrics() {}

  static Metrics of(ImportedFile file, Schema schema) {
    var metrics = new FooterMetrics();
    for (ParquetColumn column : file.columns()) {
      metrics.add(file, column, schema.findField(column.name()));
    }
    return new Metrics(
        file.rowGroups().stream().mapToLong(RowGroup::getNum_rows).sum(),
        metrics.sizes,
        metrics.values,
        metrics.nulls,
        Map.of(),
        metrics.lower,
        metrics.upper);
  }

  private void add(ImportedFile file, ParquetColumn column, NestedField field) {
    long bytes = 0;
    long count = 0;
    long nullCount = 0;
    boolean nullsKnown = true;
    SchemaElement element = file.element(column.leaf());
    var bounds = new FooterBounds(element, column.type().orElseThrow());
    for (RowGroup group : file.rowGroups()) {
      ColumnMetaData chunk = file.chunk(group, column.leaf());
      Statistics statistics = file.statistics(chunk);
      bytes += chunk.getTotal_compressed_size();
      count += chunk.getNum_values();
      Long chunkNulls = nulls(column, statistics);
      nullsKnown &= chunkNulls != null;
      nullCount += chunkNulls == null ? 0 : chunkNulls;
      if (chunkNulls == null || chunkNulls < chunk.getNum_values()) {
        bounds.add(statistics);
      }
    }
    int id = field.fieldId();
    Type type = field.type();
    sizes.put(id, bytes);
    values.put(id, count);
    if (nullsKnown) {
      nulls.put(id, nullCount);
    }
    put(lower, id, BoundValues.lower(type, bounds.min()));
    put(upper, id, BoundValues.upper(type, bounds.max()));
  }

  private static @Nullable Long nulls(ParquetColumn column, @Nullable Statistics statistics) {
    if (!column.nullable()) {
      return 0L;
    }
    return statistics != null && statistics.isSetNull_count() ? statistics.getNull_count() : null;
  }

  private static void put(Map<Integer, ByteBuffer> bounds, int id, Optional<ByteBuffer> bound) {
    bound.ifPresent(bytes -> bounds.put(id, bytes));
  }
}
