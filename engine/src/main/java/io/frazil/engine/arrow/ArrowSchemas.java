package io.frazil.engine.arrow;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/// Schemas from Arrow's library ([FormatWriter] has them in Arrow's format).
///
/// Every type of ours has its own in Arrow; of Arrow's, more come in: unsigned integers as the next
/// wider signed ones, seconds and milliseconds as microseconds, large and view text and
/// dictionaries of text as VARCHAR. A zoned timestamp is UTC whatever its zone's name, as in Arrow.
public final class ArrowSchemas {
  private static final int DECIMAL_BITS = 128;

  private ArrowSchemas() {}

  /// @throws FrazilException NOT_SUPPORTED naming a column whose type has no counterpart
  public static Schema fromArrow(org.apache.arrow.vector.types.pojo.Schema schema) {
    List<Field> fields = new ArrayList<>();
    schema.getFields().forEach(field -> fields.add(fromArrow(field)));
    return new Schema(fields);
  }

  /// @throws FrazilException NOT_SUPPORTED
  public static Field fromArrow(org.apache.arrow.vector.types.pojo.Field field) {
    String name = field.getName() == null ? "" : field.getName();
    if (field.getDictionary() != null) {
      // The field has the type of the ids; which values they stand for is seen with the first
      // batch.
      return new Field(name, Types.VARCHAR, field.isNullable());
    }
    DataType type = fromArrow(field.getType());
    if (type == null) {
      throw unsupported(name, field.getType());
    }
    return new Field(name, type, field.isNullable());
  }

  static FrazilException unsupported(String column, ArrowType type) {
    return new FrazilException(
        ErrorCode.NOT_SUPPORTED,
        "column '%s' has the Arrow type %s, which is not supported yet".formatted(column, type));
  }

  private static @Nullable DataType fromArrow(ArrowType type) {
    return switch (type) {
      case ArrowType.Bool _ -> Types.BOOLEAN;
      case ArrowType.Int integer -> fromArrow(integer);
      case ArrowType.FloatingPoint floating -> fromArrow(floating);
      case ArrowType.Utf8 _, ArrowType.LargeUtf8 _, ArrowType.Utf8View _ -> Types.VARCHAR;
      case ArrowType.Date date -> date.getUnit() == DateUnit.DAY ? Types.DATE : null;
      case ArrowType.Decimal decimal -> fromArrow(decimal);
      case ArrowType.Timestamp timestamp ->
          new DataType.Timestamp(
              timestamp.getUnit() == TimeUnit.NANOSECOND ? 9 : 6, timestamp.getTimezone() != null);
      case ArrowType _ -> null;
    };
  }

  private static @Nullable DataType fromArrow(ArrowType.Int type) {
    int signedBits = type.getIsSigned() ? type.getBitWidth() : type.getBitWidth() * 2;
    return switch (signedBits) {
      case 8 -> Types.TINYINT;
      case 16 -> Types.SMALLINT;
      case 32 -> Types.INTEGER;
      case 64 -> Types.BIGINT;
      default -> null;
    };
  }

  private static @Nullable DataType fromArrow(ArrowType.FloatingPoint type) {
    return switch (type.getPrecision()) {
      case HALF -> null;
      case SINGLE -> Types.REAL;
      case DOUBLE -> Types.DOUBLE;
    };
  }

  private static @Nullable DataType fromArrow(ArrowType.Decimal type) {
    boolean ours =
        type.getBitWidth() == DECIMAL_BITS
            && type.getScale() >= 0
            && type.getScale() <= type.getPrecision();
    return ours ? Types.decimal(type.getPrecision(), type.getScale()) : null;
  }
}
