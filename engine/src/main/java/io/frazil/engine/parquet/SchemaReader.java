package io.frazil.engine.parquet;

import io.frazil.engine.parquet.ParquetColumn.Storage;
import io.frazil.engine.parquet.decode.Conversion;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/// A file's schema, which Parquet stores as its tree in depth-first order, as columns.
final class SchemaReader {
  private final List<SchemaElement> elements;
  private int next = 1;
  private int leaf;

  private SchemaReader(List<SchemaElement> elements) {
    this.elements = elements;
  }

  /// The top-level columns.
  ///
  /// @throws IllegalArgumentException where the tree does not fit together
  static List<ParquetColumn> columns(List<SchemaElement> elements) {
    if (elements.isEmpty()) {
      throw new IllegalArgumentException("an empty schema");
    }
    var reader = new SchemaReader(elements);
    var columns = new ArrayList<ParquetColumn>();
    int children = elements.getFirst().getNum_children();
    for (int i = 0; i < children; i++) {
      columns.add(reader.column());
    }
    if (reader.next != elements.size()) {
      throw new IllegalArgumentException("a schema with elements left over");
    }
    return columns;
  }

  private ParquetColumn column() {
    SchemaElement element = element();
    String name = RowGroupMetadata.known(element.getName(), "a column without a name");
    int first = leaf;
    Integer fieldId = element.isSetField_id() ? element.getField_id() : null;
    Type stored = element.getType();
    if (element.getNum_children() > 0 || stored == null) {
      skipChildren(element, 0);
      return new ParquetColumn(name, fieldId, nested(element), first, null);
    }
    leaf++;
    boolean repeated = element.getRepetition_type() == FieldRepetitionType.REPEATED;
    Storage storage = repeated ? null : storage(element, stored);
    String declared = repeated ? "list" : declared(element, stored);
    return new ParquetColumn(name, fieldId, declared, first, storage);
  }

  private void skipChildren(SchemaElement parent, int depth) {
    if (depth > 100) {
      throw new IllegalArgumentException("a schema nested too deeply");
    }
    for (int i = 0; i < parent.getNum_children(); i++) {
      SchemaElement child = element();
      if (child.isSetType()) {
        leaf++;
      }
      skipChildren(child, depth + 1);
    }
  }

  private SchemaElement element() {
    if (next >= elements.size()) {
      throw new IllegalArgumentException("a schema that ends too early");
    }
    return elements.get(next++);
  }

  private static String nested(SchemaElement element) {
    LogicalType logical = element.getLogicalType();
    ConvertedType converted = element.getConverted_type();
    if (converted == ConvertedType.LIST || (logical != null && logical.isSetLIST())) {
      return "list";
    }
    if (converted == ConvertedType.MAP || (logical != null && logical.isSetMAP())) {
      return "map";
    }
    return logical != null && logical.isSetVARIANT() ? "variant" : "struct";
  }

  private static String declared(SchemaElement element, Type stored) {
    String type = stored == Type.BYTE_ARRAY ? "binary" : stored.name();
    LogicalType logical = element.getLogicalType();
    ConvertedType converted = element.getConverted_type();
    String meaning =
        logical != null && logical.getSetField() != null
            ? " (" + logical.getSetField().getFieldName() + ")"
            : converted != null ? " (" + converted.name() + ")" : "";
    return (type + meaning).toLowerCase(Locale.ROOT);
  }

  private static @Nullable Storage storage(SchemaElement element, Type stored) {
    boolean optional = element.getRepetition_type() != FieldRepetitionType.REQUIRED;
    int fixedLength = stored == Type.FIXED_LEN_BYTE_ARRAY ? element.getType_length() : 0;
    if (stored == Type.FIXED_LEN_BYTE_ARRAY && (fixedLength <= 0 || fixedLength > 1 << 20)) {
      return null;
    }
    Meaning meaning = meaning(element, stored);
    return meaning == null
        ? null
        : new Storage(stored, fixedLength, optional, meaning.type(), meaning.conversion());
  }

  private record Meaning(DataType type, Conversion conversion) {
    Meaning(DataType type) {
      this(type, Conversion.NONE);
    }
  }

  private static @Nullable Meaning meaning(SchemaElement element, Type stored) {
    LogicalType logical = element.getLogicalType();
    if (logical != null && logical.getSetField() != null) {
      return logical(logical, stored);
    }
    ConvertedType converted = element.getConverted_type();
    return converted == null ? plain(stored) : converted(converted, element, stored);
  }

  private static @Nullable Meaning plain(Type stored) {
    return switch (stored) {
      case BOOLEAN -> new Meaning(Types.BOOLEAN);
      case INT32 -> new Meaning(Types.INTEGER);
      case INT64 -> new Meaning(Types.BIGINT);
      case FLOAT -> new Meaning(Types.REAL);
      case DOUBLE -> new Meaning(Types.DOUBLE);
      case INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> null;
    };
  }

  private static @Nullable Meaning logical(LogicalType logical, Type stored) {
    if (stored == Type.BYTE_ARRAY
        && (logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON())) {
      return new Meaning(Types.VARCHAR);
    }
    if (logical.isSetDECIMAL()) {
      return decimal(logical.getDECIMAL().getPrecision(), logical.getDECIMAL().getScale(), stored);
    }
    if (logical.isSetDATE() && stored == Type.INT32) {
      return new Meaning(Types.DATE);
    }
    if (logical.isSetTIMESTAMP() && stored == Type.INT64) {
      TimestampType timestamp = logical.getTIMESTAMP();
      return timestamp(timestamp.getUnit(), timestamp.isIsAdjustedToUTC());
    }
    if (logical.isSetINTEGER()) {
      IntType integer = logical.getINTEGER();
      return integer(integer.getBitWidth(), integer.isIsSigned(), stored);
    }
    return null;
  }

  private static @Nullable Meaning converted(
      ConvertedType converted, SchemaElement element, Type stored) {
    return switch (converted) {
      case UTF8, ENUM, JSON -> stored == Type.BYTE_ARRAY ? new Meaning(Types.VARCHAR) : null;
      case DECIMAL -> decimal(element.getPrecision(), element.getScale(), stored);
      case DATE -> stored == Type.INT32 ? new Meaning(Types.DATE) : null;
      case TIMESTAMP_MILLIS ->
          stored == Type.INT64
              ? new Meaning(new DataType.Timestamp(6, true), Conversion.MILLIS_TO_MICROS)
              : null;
      case TIMESTAMP_MICROS ->
          stored == Type.INT64 ? new Meaning(new DataType.Timestamp(6, true)) : null;
      case INT_8 -> integer(8, true, stored);
      case INT_16 -> integer(16, true, stored);
      case INT_32 -> integer(32, true, stored);
      case INT_64 -> integer(64, true, stored);
      case UINT_8 -> integer(8, false, stored);
      case UINT_16 -> integer(16, false, stored);
      case UINT_32 -> integer(32, false, stored);
      case UINT_64, MAP, MAP_KEY_VALUE, LIST, TIME_MILLIS, TIME_MICROS, BSON, INTERVAL -> null;
    };
  }

  private static @Nullable Meaning timestamp(@Nullable TimeUnit unit, boolean zoned) {
    if (unit == null) {
      return null;
    }
    if (unit.isSetNANOS()) {
      return new Meaning(new DataType.Timestamp(9, zoned));
    }
    return new Meaning(
        new DataType.Timestamp(6, zoned),
        unit.isSetMILLIS() ? Conversion.MILLIS_TO_MICROS : Conversion.NONE);
  }

  private static @Nullable Meaning integer(int bits, boolean signed, Type stored) {
    if (stored == Type.INT64) {
      return bits == 64 && signed ? new Meaning(Types.BIGINT) : null;
    }
    if (stored != Type.INT32) {
      return null;
    }
    return switch (bits) {
      case 8 -> new Meaning(signed ? Types.TINYINT : Types.SMALLINT);
      case 16 -> new Meaning(signed ? Types.SMALLINT : Types.INTEGER);
      case 32 ->
          signed
              ? new Meaning(Types.INTEGER)
              : new Meaning(Types.BIGINT, Conversion.UNSIGNED_INT_TO_LONG);
      default -> null;
    };
  }

  private static @Nullable Meaning decimal(int precision, int scale, Type stored) {
    if (precision < 1
        || precision > DataType.Decimal.MAX_PRECISION
        || scale < 0
        || scale > precision) {
      return null;
    }
    DataType type = Types.decimal(precision, scale);
    return switch (stored) {
      case INT32 -> new Meaning(type, Conversion.INT_TO_LONG);
      case INT64 -> new Meaning(type);
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
          new Meaning(
              type,
              precision <= DataType.Decimal.MAX_LONG_PRECISION
                  ? Conversion.BYTES_TO_LONG
                  : Conversion.BYTES_TO_INT128);
      case BOOLEAN, INT96, FLOAT, DOUBLE -> null;
    };
  }
}
