package io.frazil.iceberg.write;

import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.parquet.write.WrittenColumn;
import io.frazil.engine.parquet.write.WrittenFile;
import io.frazil.iceberg.type.BoundValues;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/// What a written file's columns hold, as a manifest says it.
final class DataFileMetrics {
  private DataFileMetrics() {}

  static Metrics of(WrittenFile file, List<NestedField> fields) {
    Map<Integer, Long> sizes = new HashMap<>();
    Map<Integer, Long> values = new HashMap<>();
    Map<Integer, Long> nulls = new HashMap<>();
    Map<Integer, Long> nans = new HashMap<>();
    Map<Integer, ByteBuffer> lower = new HashMap<>();
    Map<Integer, ByteBuffer> upper = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      NestedField field = fields.get(i);
      WrittenColumn column = file.columns().get(i);
      int id = field.fieldId();
      sizes.put(id, column.bytes());
      values.put(id, column.values());
      nulls.put(id, column.nulls());
      if (isFloating(field.type())) {
        nans.put(id, column.nans());
      }
      BoundValues.lower(field.type(), value(column.lower())).ifPresent(b -> lower.put(id, b));
      BoundValues.upper(field.type(), value(column.upper())).ifPresent(b -> upper.put(id, b));
    }
    return new Metrics(file.rows(), sizes, values, nulls, nans, lower, upper);
  }

  private static @Nullable Object value(@Nullable Literal literal) {
    return literal == null ? null : literal.value();
  }

  private static boolean isFloating(Type type) {
    return type.typeId() == Type.TypeID.FLOAT || type.typeId() == Type.TypeID.DOUBLE;
  }
}
