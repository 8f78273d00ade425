package io.frazil.engine.type;

/// The common types by name.
public final class Types {
  public static final DataType BOOLEAN = DataType.Simple.BOOLEAN;
  public static final DataType TINYINT = DataType.Simple.TINYINT;
  public static final DataType SMALLINT = DataType.Simple.SMALLINT;
  public static final DataType INTEGER = DataType.Simple.INTEGER;
  public static final DataType BIGINT = DataType.Simple.BIGINT;
  public static final DataType REAL = DataType.Simple.REAL;
  public static final DataType DOUBLE = DataType.Simple.DOUBLE;
  public static final DataType VARCHAR = DataType.Simple.VARCHAR;
  public static final DataType DATE = DataType.Simple.DATE;

  /// Microseconds, without a zone: what TIMESTAMP means unless it says otherwise.
  public static final DataType TIMESTAMP = new DataType.Timestamp(6, false);

  private Types() {}

  public static DataType decimal(int precision, int scale) {
    return new DataType.Decimal(precision, scale);
  }
}
