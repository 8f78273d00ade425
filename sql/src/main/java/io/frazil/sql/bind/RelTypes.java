package io.frazil.sql.bind;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/// The engine's types in Calcite's form and back.
public final class RelTypes {
  private RelTypes() {}

  public static RelDataType toRel(RelDataTypeFactory factory, DataType type, boolean nullable) {
    return factory.createTypeWithNullability(toRel(factory, type), nullable);
  }

  private static RelDataType toRel(RelDataTypeFactory factory, DataType type) {
    return switch (type) {
      case DataType.Simple simple -> factory.createSqlType(name(simple));
      case DataType.Decimal(int precision, int scale) ->
          factory.createSqlType(SqlTypeName.DECIMAL, precision, scale);
      case DataType.Timestamp(int precision, boolean zoned) ->
          factory.createSqlType(
              zoned ? SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE : SqlTypeName.TIMESTAMP,
              precision);
    };
  }

  private static SqlTypeName name(DataType.Simple type) {
    return switch (type) {
      case BOOLEAN -> SqlTypeName.BOOLEAN;
      case TINYINT -> SqlTypeName.TINYINT;
      case SMALLINT -> SqlTypeName.SMALLINT;
      case INTEGER -> SqlTypeName.INTEGER;
      case BIGINT -> SqlTypeName.BIGINT;
      case REAL -> SqlTypeName.REAL;
      case DOUBLE -> SqlTypeName.DOUBLE;
      case VARCHAR -> SqlTypeName.VARCHAR;
      case DATE -> SqlTypeName.DATE;
    };
  }

  public static RelDataType toRel(RelDataTypeFactory factory, Schema schema) {
    var builder = factory.builder();
    for (Field field : schema.fields()) {
      builder.add(field.name(), toRel(factory, field.type(), field.nullable()));
    }
    return builder.build();
  }

  /// The engine's type.
  ///
  /// @throws FrazilException NOT_SUPPORTED for a type that it does not have
  public static DataType toEngine(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> Types.BOOLEAN;
      case TINYINT -> Types.TINYINT;
      case SMALLINT -> Types.SMALLINT;
      case INTEGER -> Types.INTEGER;
      case BIGINT -> Types.BIGINT;
      case REAL -> Types.REAL;
      case FLOAT, DOUBLE -> Types.DOUBLE;
      case CHAR, VARCHAR -> Types.VARCHAR;
      case DATE -> Types.DATE;
      case DECIMAL -> new DataType.Decimal(type.getPrecision(), Math.max(0, type.getScale()));
      case TIMESTAMP -> new DataType.Timestamp(type.getPrecision() > 6 ? 9 : 6, false);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          new DataType.Timestamp(type.getPrecision() > 6 ? 9 : 6, true);
      // An untyped NULL can be of any type; text is what clients understand.
      case NULL -> Types.VARCHAR;
      default ->
          throw new FrazilException(
              ErrorCode.NOT_SUPPORTED, "Type " + describe(type) + " is not supported yet");
    };
  }

  /// The type as a user would write it.
  public static String describe(RelDataType type) {
    return type.getSqlTypeName().getSpaceName().toLowerCase(java.util.Locale.ROOT);
  }

  public static Schema toEngine(java.util.List<String> names, RelDataType row) {
    var fields = new java.util.ArrayList<Field>();
    for (int i = 0; i < names.size(); i++) {
      RelDataType type = row.getFieldList().get(i).getType();
      fields.add(new Field(names.get(i), toEngine(type), type.isNullable()));
    }
    return new Schema(fields);
  }
}
