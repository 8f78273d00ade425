package io.frazil.sql.parser;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Types;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;

/// Column declarations and the types they name.
public final class Declarations {
  private static final int DEFAULT_PRECISION = DataType.Decimal.MAX_PRECISION;
  private static final int DEFAULT_SCALE = 10;

  private Declarations() {}

  public static Field column(SqlIdentifier name, SqlDataTypeSpec type, boolean nullable) {
    return new Field(name.getSimple(), type(type), nullable);
  }

  /// The type that a specification names.
  ///
  /// @throws FrazilException for one that does not exist or is not supported
  static DataType type(SqlDataTypeSpec type) {
    return type(type.getTypeName().getSimple().toUpperCase(Locale.ROOT), type);
  }

  private static DataType type(String name, SqlDataTypeSpec type) {
    int precision = -1;
    int scale = -1;
    if (type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic) {
      precision = basic.getPrecision();
      scale = basic.getScale();
    }
    return switch (name) {
      case "BOOLEAN", "BOOL" -> Types.BOOLEAN;
      case "TINYINT", "INT1" -> Types.TINYINT;
      case "SMALLINT", "INT2" -> Types.SMALLINT;
      case "INTEGER", "INT", "INT4" -> Types.INTEGER;
      case "BIGINT", "INT8" -> Types.BIGINT;
      case "REAL", "FLOAT4" -> Types.REAL;
      case "DOUBLE", "FLOAT", "FLOAT8" -> Types.DOUBLE;
      case "VARCHAR", "CHAR", "CHARACTER", "TEXT", "STRING" -> Types.VARCHAR;
      case "DATE" -> Types.DATE;
      case "DECIMAL", "NUMERIC" -> decimal(precision, scale);
      case "TIMESTAMP" -> new DataType.Timestamp(precision < 0 ? 6 : precision, false);
      case "TIMESTAMP_WITH_LOCAL_TIME_ZONE", "TIMESTAMP_TZ" ->
          new DataType.Timestamp(precision < 0 ? 6 : precision, true);
      default ->
          throw new FrazilException(
              ErrorCode.NOT_SUPPORTED,
              "Type '" + name.toLowerCase(Locale.ROOT) + "' is not supported",
              Positions.of(type.getParserPosition()),
              null);
    };
  }

  private static DataType decimal(int precision, int scale) {
    if (precision < 0) {
      return new DataType.Decimal(DEFAULT_PRECISION, DEFAULT_SCALE);
    }
    return new DataType.Decimal(precision, Math.max(0, scale));
  }
}
