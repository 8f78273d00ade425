package io.frazil.iceberg.type;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/// Iceberg's types and values as the engine's, and back.
public final class IcebergTypes {
  private IcebergTypes() {}

  /// The engine's type for one of Iceberg's, or empty where it has none yet.
  public static Optional<DataType> engineType(Type type) {
    return Optional.ofNullable(
        switch (type.typeId()) {
          case BOOLEAN -> DataType.Simple.BOOLEAN;
          case INTEGER -> DataType.Simple.INTEGER;
          case LONG -> DataType.Simple.BIGINT;
          case FLOAT -> DataType.Simple.REAL;
          case DOUBLE -> DataType.Simple.DOUBLE;
          case DATE -> DataType.Simple.DATE;
          case STRING -> DataType.Simple.VARCHAR;
          case DECIMAL -> {
            var decimal = (Types.DecimalType) type;
            yield new DataType.Decimal(decimal.precision(), decimal.scale());
          }
          case TIMESTAMP ->
              new DataType.Timestamp(6, ((Types.TimestampType) type).shouldAdjustToUTC());
          case TIMESTAMP_NANO ->
              new DataType.Timestamp(9, ((Types.TimestampNanoType) type).shouldAdjustToUTC());
          default -> null;
        });
  }

  /// The schema of a table made for columns of the engine; field ids count from 1. TINYINT and
  /// SMALLINT become `int`, the smallest integer there is.
  public static Schema icebergSchema(io.frazil.engine.type.Schema columns) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (Field column : columns.fields()) {
      int id = fields.size() + 1;
      fields.add(
          column.nullable()
              ? Types.NestedField.optional(id, column.name(), icebergType(column))
              : Types.NestedField.required(id, column.name(), icebergType(column)));
    }
    return new Schema(fields);
  }

  private static Type icebergType(Field column) {
    return switch (column.type()) {
      case DataType.Simple.BOOLEAN -> Types.BooleanType.get();
      case DataType.Simple.TINYINT, DataType.Simple.SMALLINT, DataType.Simple.INTEGER ->
          Types.IntegerType.get();
      case DataType.Simple.BIGINT -> Types.LongType.get();
      case DataType.Simple.REAL -> Types.FloatType.get();
      case DataType.Simple.DOUBLE -> Types.DoubleType.get();
      case DataType.Simple.VARCHAR -> Types.StringType.get();
      case DataType.Simple.DATE -> Types.DateType.get();
      case DataType.Decimal(int precision, int scale) -> Types.DecimalType.of(precision, scale);
      case DataType.Timestamp(int precision, boolean zoned) when precision == 6 ->
          zoned ? Types.TimestampType.withZone() : Types.TimestampType.withoutZone();
      case DataType.Timestamp timestamp ->
          throw new FrazilException(
              ErrorCode.NOT_SUPPORTED,
              "column '%s' is a %s, which tables cannot be made with yet; use timestamp"
                  .formatted(column.name(), timestamp.text()));
    };
  }

  /// An Iceberg value (of a bound, a partition or a default) as a literal.
  public static Literal literal(Object value, DataType type) {
    return new Literal(
        switch (value) {
          case Integer number -> number.longValue();
          case Float number -> number.doubleValue();
          case CharSequence text -> text.toString();
          case BigDecimal number -> number;
          default -> value;
        },
        type);
  }

  /// The value of a literal as Iceberg holds it for a column of `type`.
  public static Object icebergValue(Object value, Type type) {
    return switch (type.typeId()) {
      case INTEGER, DATE -> Math.toIntExact((Long) value);
      case FLOAT -> ((Double) value).floatValue();
      default -> value;
    };
  }
}
