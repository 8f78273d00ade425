package io.frazil.engine.arrow;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DataType.Simple;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/// What Arrow's own library writes.
final class ArrowLibrary {
  private ArrowLibrary() {}

  /// A record batch of rows of Java objects, as a message.
  static byte[] recordBatch(Schema schema, List<List<Object>> rows, CodecType compression)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var allocator = new RootAllocator();
        var root = VectorSchemaRoot.create(schema(schema), allocator)) {
      for (int column = 0; column < schema.size(); column++) {
        FieldVector vector = root.getVector(column);
        vector.allocateNew();
        for (int row = 0; row < rows.size(); row++) {
          Object value = rows.get(row).get(column);
          if (value != null) {
            set(vector, row, value, schema.type(column));
          }
        }
      }
      root.setRowCount(rows.size());
      var codec = ArrowCompression.FACTORY.createCodec(compression);
      try (ArrowRecordBatch batch = new VectorUnloader(root, true, codec, true).getRecordBatch()) {
        MessageSerializer.serialize(new WriteChannel(Channels.newChannel(bytes)), batch);
      }
    }
    return bytes.toByteArray();
  }

  private static void set(FieldVector vector, int row, Object value, DataType type) {
    switch (vector) {
      case BitVector v -> v.setSafe(row, (Boolean) value ? 1 : 0);
      case TinyIntVector v -> v.setSafe(row, (Byte) value);
      case SmallIntVector v -> v.setSafe(row, (Short) value);
      case IntVector v -> v.setSafe(row, (Integer) value);
      case BigIntVector v -> v.setSafe(row, (Long) value);
      case Float4Vector v -> v.setSafe(row, (Float) value);
      case Float8Vector v -> v.setSafe(row, (Double) value);
      case DateDayVector v -> v.setSafe(row, (int) ((LocalDate) value).toEpochDay());
      case DecimalVector v -> v.setSafe(row, (BigDecimal) value);
      case VarCharVector v -> v.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
      case TimeStampVector v -> v.setSafe(row, units(value, (DataType.Timestamp) type));
      case FieldVector v -> throw new AssertionError(v);
    }
  }

  private static long units(Object value, DataType.Timestamp type) {
    Instant instant =
        value instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) value;
    long nanosPerUnit = 1_000_000_000 / type.unitsPerSecond();
    return instant.getEpochSecond() * type.unitsPerSecond() + instant.getNano() / nanosPerUnit;
  }

  static org.apache.arrow.vector.types.pojo.Schema schema(Schema schema) {
    return new org.apache.arrow.vector.types.pojo.Schema(
        schema.fields().stream().map(ArrowLibrary::field).toList());
  }

  static org.apache.arrow.vector.types.pojo.Field field(Field field) {
    return new org.apache.arrow.vector.types.pojo.Field(
        field.name(), new FieldType(field.nullable(), type(field.type()), null), null);
  }

  private static ArrowType type(DataType type) {
    return switch (type) {
      case Simple.BOOLEAN -> ArrowType.Bool.INSTANCE;
      case Simple.TINYINT -> new ArrowType.Int(8, true);
      case Simple.SMALLINT -> new ArrowType.Int(16, true);
      case Simple.INTEGER -> new ArrowType.Int(32, true);
      case Simple.BIGINT -> new ArrowType.Int(64, true);
      case Simple.REAL -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case Simple.DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case Simple.VARCHAR -> ArrowType.Utf8.INSTANCE;
      case Simple.DATE -> new ArrowType.Date(DateUnit.DAY);
      case DataType.Decimal(int precision, int scale) ->
          new ArrowType.Decimal(precision, scale, 128);
      case DataType.Timestamp(int precision, boolean zoned) ->
          new ArrowType.Timestamp(
              precision == 6 ? TimeUnit.MICROSECOND : TimeUnit.NANOSECOND, zoned ? "UTC" : null);
    };
  }
}
