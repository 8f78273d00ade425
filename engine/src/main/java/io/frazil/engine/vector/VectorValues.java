package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads single values of vectors as Java objects: for results and tests, not for loops.
///
/// BOOLEAN is a `Boolean`, the integers `Byte`, `Short`, `Integer` and `Long`, REAL a `Float`,
/// DOUBLE a `Double`, DECIMAL a `BigDecimal` of the type's scale, VARCHAR a `String`, DATE a
/// `LocalDate`, TIMESTAMP a `LocalDateTime` and, with time zone, an `Instant`.
public final class VectorValues {
  private VectorValues() {}

  /// The value at a position of the vector, which knows no selection.
  public static @Nullable Object value(Vector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (vector) {
      case BooleanVector v -> v.values()[row] != 0;
      case IntVector v -> integer(v.type(), v.values()[row]);
      case LongVector v -> number(v.type(), v.values()[row]);
      case Int128Vector v -> decimal(v, row);
      case DoubleVector v -> floating(v.type(), v.values()[row]);
      case StringVector v -> v.text(row);
      case DictionaryVector v -> value(v.dictionary(), v.ids()[row]);
    };
  }

  /// The live rows of a batch.
  public static List<List<@Nullable Object>> rows(Batch batch) {
    var rows = new ArrayList<List<@Nullable Object>>(batch.rows());
    for (int i = 0; i < batch.rows(); i++) {
      rows.add(row(batch, i));
    }
    return rows;
  }

  /// One of the live rows of a batch, by its number among them.
  public static List<@Nullable Object> row(Batch batch, int number) {
    int[] selection = batch.selection();
    int position = selection == null ? number : selection[number];
    var row = new ArrayList<@Nullable Object>(batch.width());
    for (Vector column : batch.columns()) {
      row.add(value(column, position));
    }
    return row;
  }

  /// The wall clock's time, or the instant in UTC, of a count of a timestamp's units.
  public static LocalDateTime dateTime(DataType.Timestamp type, long units) {
    long perSecond = type.unitsPerSecond();
    int nanos = (int) (Math.floorMod(units, perSecond) * (1_000_000_000L / perSecond));
    return LocalDateTime.ofEpochSecond(Math.floorDiv(units, perSecond), nanos, ZoneOffset.UTC);
  }

  private static Object integer(DataType type, int value) {
    return switch (type) {
      case DataType.Simple.TINYINT -> (byte) value;
      case DataType.Simple.SMALLINT -> (short) value;
      case DataType.Simple.DATE -> LocalDate.ofEpochDay(value);
      case DataType.Simple _, DataType.Decimal _, DataType.Timestamp _ -> value;
    };
  }

  private static Object number(DataType type, long value) {
    return switch (type) {
      case DataType.Decimal(int _, int scale) -> BigDecimal.valueOf(value, scale);
      case DataType.Timestamp t -> timestamp(t, value);
      case DataType.Simple _ -> value;
    };
  }

  private static Object timestamp(DataType.Timestamp type, long value) {
    LocalDateTime time = dateTime(type, value);
    if (type.zoned()) {
      return time.toInstant(ZoneOffset.UTC);
    }
    return time;
  }

  private static BigDecimal decimal(Int128Vector vector, int row) {
    int scale = vector.type() instanceof DataType.Decimal(int _, int s) ? s : 0;
    return new BigDecimal(vector.unscaled(row), scale);
  }

  private static Object floating(DataType type, double value) {
    if (type == DataType.Simple.REAL) {
      return (float) value;
    }
    return value;
  }
}
