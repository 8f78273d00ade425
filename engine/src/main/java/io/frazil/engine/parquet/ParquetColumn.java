package io.frazil.engine.parquet;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.parquet.decode.Conversion;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.type.Types;
import java.util.Optional;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/// A top-level column of a file.
///
/// @param fieldId the table format's id, or null where the file has none
/// @param declared its type as Parquet names it, for messages
/// @param leaf which of a row group's column chunks it is (the first of them where it is nested)
/// @param storage how it is stored and what that means; null where that isn't supported
public record ParquetColumn(
    String name, @Nullable Integer fieldId, String declared, int leaf, @Nullable Storage storage) {

  /// How values are stored.
  ///
  /// @param fixedLength in bytes, of FIXED_LEN_BYTE_ARRAY; else 0
  /// @param type what they are to SQL
  /// @param conversion from the stored form to vectors of `type`
  record Storage(
      Type stored, int fixedLength, boolean optional, DataType type, Conversion conversion) {
    /// In which arrays the values end: decimals go by how they are stored, as it may be less than
    /// what their precision allows.
    PhysicalType kind(Conversion to) {
      return switch (to) {
        case INT_TO_LONG, UNSIGNED_INT_TO_LONG, MILLIS_TO_MICROS, BYTES_TO_LONG ->
            PhysicalType.LONG;
        case BYTES_TO_INT128 -> PhysicalType.INT128;
        case NONE -> type instanceof DataType.Decimal ? PhysicalType.LONG : type.physical();
      };
    }
  }

  /// Its type, or empty where it isn't supported.
  public Optional<DataType> type() {
    return Optional.ofNullable(storage).map(Storage::type);
  }

  /// Whether values may be null.
  public boolean nullable() {
    return storage == null || storage.optional();
  }

  /// How it is stored.
  ///
  /// @throws FrazilException NOT_SUPPORTED
  Storage require(String location) {
    if (storage == null) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "column '%s' of type %s is not supported yet ('%s')".formatted(name, declared, location));
    }
    return storage;
  }

  /// How it is read as `target`: its own type, or one that table formats let it be promoted to.
  static Optional<Conversion> conversion(Storage from, DataType target) {
    DataType type = from.type();
    if (type.equals(target)) {
      return Optional.of(from.conversion());
    }
    if (type.isInteger() && target.isInteger() && from.conversion() == Conversion.NONE) {
      boolean wider = rank(target) > rank(type);
      boolean longer = target == Types.BIGINT;
      return wider
          ? Optional.of(longer ? Conversion.INT_TO_LONG : Conversion.NONE)
          : Optional.empty();
    }
    if (type == Types.REAL && target == Types.DOUBLE) {
      return Optional.of(from.conversion());
    }
    boolean wider =
        type instanceof DataType.Decimal(int precision, int scale)
            && target instanceof DataType.Decimal(int targetPrecision, int targetScale)
            && scale == targetScale
            && precision < targetPrecision;
    return wider ? Optional.of(from.conversion()) : Optional.empty();
  }

  private static int rank(DataType integer) {
    return ((DataType.Simple) integer).ordinal();
  }
}
