package io.frazil.engine.parquet.write;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;

/// How a column's type is written: Parquet's physical type, and how wide a value is in bytes, 0
/// where that differs.
record ParquetForm(Type physical, int width) {
  private static final int MAX_INT_PRECISION = 9;

  static ParquetForm of(DataType type) {
    return switch (type) {
      case DataType.Simple.BOOLEAN -> new ParquetForm(Type.BOOLEAN, 0);
      case DataType.Simple.TINYINT,
          DataType.Simple.SMALLINT,
          DataType.Simple.INTEGER,
          DataType.Simple.DATE ->
          new ParquetForm(Type.INT32, Integer.BYTES);
      case DataType.Simple.BIGINT -> new ParquetForm(Type.INT64, Long.BYTES);
      case DataType.Simple.REAL -> new ParquetForm(Type.FLOAT, Float.BYTES);
      case DataType.Simple.DOUBLE -> new ParquetForm(Type.DOUBLE, Double.BYTES);
      case DataType.Simple.VARCHAR -> new ParquetForm(Type.BYTE_ARRAY, 0);
      case DataType.Timestamp _ -> new ParquetForm(Type.INT64, Long.BYTES);
      case DataType.Decimal(int precision, int _) -> ofDecimal(precision);
    };
  }

  private static ParquetForm ofDecimal(int precision) {
    if (precision <= MAX_INT_PRECISION) {
      return new ParquetForm(Type.INT32, Integer.BYTES);
    }
    return precision <= DataType.Decimal.MAX_LONG_PRECISION
        ? new ParquetForm(Type.INT64, Long.BYTES)
        : new ParquetForm(Type.FIXED_LEN_BYTE_ARRAY, decimalBytes(precision));
  }

  /// The fewest bytes that hold every decimal of a precision in two's complement, as Iceberg wants
  /// them: 10^p needs p·log2(10) bits and one for the sign.
  private static int decimalBytes(int precision) {
    return (int) Math.ceil((precision * Math.log(10) / Math.log(2) + 1) / Byte.SIZE);
  }

  /// The column as the footer's schema has it.
  static SchemaElement element(Field field) {
    ParquetForm form = of(field.type());
    var element = new SchemaElement(field.name());
    element.setType(form.physical);
    element.setRepetition_type(
        field.nullable() ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED);
    if (form.physical == Type.FIXED_LEN_BYTE_ARRAY) {
      element.setType_length(form.width);
    }
    annotate(element, field.type());
    return element;
  }

  // The converted types are the older form of the same, where there is one.
  private static void annotate(SchemaElement element, DataType type) {
    switch (type) {
      case DataType.Simple.TINYINT -> {
        element.setLogicalType(LogicalType.INTEGER(new IntType((byte) 8, true)));
        element.setConverted_type(ConvertedType.INT_8);
      }
      case DataType.Simple.SMALLINT -> {
        element.setLogicalType(LogicalType.INTEGER(new IntType((byte) 16, true)));
        element.setConverted_type(ConvertedType.INT_16);
      }
      case DataType.Simple.DATE -> {
        element.setLogicalType(LogicalType.DATE(new DateType()));
        element.setConverted_type(ConvertedType.DATE);
      }
      case DataType.Simple.VARCHAR -> {
        element.setLogicalType(LogicalType.STRING(new StringType()));
        element.setConverted_type(ConvertedType.UTF8);
      }
      case DataType.Decimal(int precision, int scale) -> {
        element.setLogicalType(LogicalType.DECIMAL(new DecimalType(scale, precision)));
        element.setConverted_type(ConvertedType.DECIMAL);
        element.setPrecision(precision);
        element.setScale(scale);
      }
      case DataType.Timestamp(int precision, boolean zoned) -> {
        TimeUnit unit =
            precision == 6
                ? TimeUnit.MICROS(new MicroSeconds())
                : TimeUnit.NANOS(new NanoSeconds());
        element.setLogicalType(LogicalType.TIMESTAMP(new TimestampType(zoned, unit)));
        if (zoned && precision == 6) {
          element.setConverted_type(ConvertedType.TIMESTAMP_MICROS);
        }
      }
      case DataType.Simple.BOOLEAN,
          DataType.Simple.INTEGER,
          DataType.Simple.BIGINT,
          DataType.Simple.REAL,
          DataType.Simple.DOUBLE -> {}
    }
  }
}
